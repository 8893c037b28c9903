"""Telling somebody on their own phone or computer, by the push service of their browser (RFC 8030, 8291, 8292).

What is pushed is encrypted for that browser: the service that carries it learns when, and never what or by whom. A row
stands for each thing that still has to be pushed, and none for what was: nothing here says what anybody has read.
"""
