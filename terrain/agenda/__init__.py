"""Events: a date and a place as a part of a post, who comes, and the calendar file.

An event hangs on the message that tells it; times are kept as moments and shown in the zone of who reads.
Nothing here rings or mails: telling people is the work of who listens.
"""
