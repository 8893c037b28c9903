"""Looking after a space, for a term: volunteer hosts, their desk, pins, a newcomer’s first month.

A host has a closed list of powers, none of them over anybody’s words.
Nothing here removes, edits or bans.
"""
