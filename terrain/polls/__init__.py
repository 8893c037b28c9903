"""Polls: a question with its choices as a part of a post, and its results.

A vote can be changed while the poll is open; a secret one is not tied to who cast it.
A poll never decides for anybody.
"""
