"""When it goes too far: reports, a word to the author, setting aside by two people, one appeal.

Nothing here is decided before somebody has spoken, and by nobody alone. There is never a word filter, and nobody learns
who reported.
"""
