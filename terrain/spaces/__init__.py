"""Where: the spaces that anybody opens, and who belongs to them.

What is said in a space never lives here; nor does any power over it that its members do not have.
"""
