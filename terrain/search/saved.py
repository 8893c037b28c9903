"""A search that somebody keeps: what is new in it since they last looked, for them alone."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from terrain.people.models import Person
from terrain.search.answering import typed_looking
from terrain.search.finding import Found, latest
from terrain.search.question import LONGEST

MOST = 12
"""Searches that one keeps."""


class SavedSearch(models.Model):
    """Somebody follows what is said with these words, operators included."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    words = models.CharField(max_length=LONGEST)
    looked_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "search_saved"
        constraints: ClassVar = [models.UniqueConstraint("person", "words", name="search_saved_once")]

    def __str__(self) -> str:
        return self.words


def keep(person: Person, words: str) -> None:
    """Follow these words; beyond twelve, nothing more is kept."""
    if words and SavedSearch.objects.filter(person=person).count() < MOST:
        SavedSearch.objects.get_or_create(person=person, words=words)


def drop(person: Person, words: str) -> None:
    """Follow them no longer."""
    SavedSearch.objects.filter(person=person, words=words).delete()


def new_since(saved: SavedSearch, since: datetime | None = None) -> list[Found]:
    """What was said with its words since its person last looked, or since then, the latest first: a page at most."""
    looking = typed_looking(saved.words, saved.person)
    return latest(looking, since or saved.looked_at) if looking else []


def all_of(saved: SavedSearch) -> list[Found]:
    """The latest of what is said with its words."""
    looking = typed_looking(saved.words, saved.person)
    return latest(looking, None) if looking else []


def look(saved: SavedSearch, at: datetime | None = None) -> None:
    """Remember that its person has looked."""
    saved.looked_at = at or timezone.now()
    saved.save(update_fields=["looked_at"])
