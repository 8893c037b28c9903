"""Catching up: what somebody has not read, by conversation, with the minutes that it takes; and reading no more of it.

Whoever was away finds their way back in a minute, without guilt. Nobody else ever sees what they have not
read.
"""
