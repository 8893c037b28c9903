"""Telling people what concerns them: who is named, answered or written to, and whoever asked for every message.

Whoever writes waits for none of it: the worker tells. What was read is no longer here, so that nobody could ever list
what somebody has seen, and when.
"""
