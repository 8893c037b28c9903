"""Notices: what everybody in their audience is told, and can answer.

Signed by a person, and the voice they speak for, with the share that read it shown to all.
Its replies are open from the first minute; it never stands above them.
"""
