"""The records of search: the words by which things are found, what is followed, and what is searched in vain."""

from terrain.search.missing import Missed
from terrain.search.saved import SavedSearch
from terrain.search.words import Filed, Said, Word

__all__ = ["Filed", "Missed", "Said", "SavedSearch", "Word"]
