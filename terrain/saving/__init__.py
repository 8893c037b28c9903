"""Keeping a message for later: a list of one's own, that nobody else sees.

What can no longer be read leaves the list, and comes back with the right to read it.
"""
