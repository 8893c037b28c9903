"""The post: the plainest kind of conversation, somebody saying something.

It adds nothing of its own to a conversation, and so has no table; a kind that does will never import this one.
"""
