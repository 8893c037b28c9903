"""What a command cannot go on with, told in a sentence to whoever typed it."""


class Trouble(Exception):
    """The sentence; the command then ends with exit status 1 and no traceback."""
