"""The records of search: the words by which things are found."""

from terrain.search.words import Filed, Said, Word

__all__ = ["Filed", "Said", "Word"]
