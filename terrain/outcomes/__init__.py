"""What became of a conversation, written in it, shown on top and in lists.

An outcome is words, signed and dated; its history stays when the conversation goes on.
It never closes a conversation to those who want to answer.
"""
