"""Sharing a conversation into another space, with a word that says why.

It stays one conversation, with its own audience: in the other space it shows to those who may read it at home,
so the narrower of the two audiences always wins. It never copies anything, and never widens who may read.
"""
