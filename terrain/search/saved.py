"""A search that somebody keeps: what is new in it since they last looked, for them alone."""

from datetime import datetime
from typing import ClassVar

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone

from terrain.people.concerning import Concerns, NoLonger
from terrain.people.models import Person
from terrain.search.answering import typed_looking
from terrain.search.finding import Found, latest
from terrain.search.question import LONGEST
from terrain.web.events import tell

MOST = 12
"""Searches that one keeps."""
AT_ONCE = 1000
"""Searches that the worker asks in one go."""


class SavedSearch(models.Model):
    """Somebody follows what is said with these words, operators included."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    words = models.CharField(max_length=LONGEST)
    looked_at = models.DateTimeField(db_default=Now())
    asked_at = models.DateTimeField(db_default=Now())
    """When the worker last asked whether there is anything new to tell of."""

    class Meta:
        db_table = "search_saved"
        constraints: ClassVar = [models.UniqueConstraint("person", "words", name="search_saved_once")]

    def __str__(self) -> str:
        return self.words


def keep(person: Person, words: str) -> None:
    """Follow these words; beyond twelve, nothing more is kept."""
    if words and SavedSearch.objects.filter(person=person).count() < MOST:
        SavedSearch.objects.get_or_create(person=person, words=words)


@transaction.atomic
def drop(person: Person, words: str) -> None:
    """Follow them no longer."""
    for saved in SavedSearch.objects.filter(person=person, words=words):
        tell(NoLonger("search", saved.pk))
        saved.delete()


def new_since(saved: SavedSearch, since: datetime | None = None) -> list[Found]:
    """What was said with its words since its person last looked, or since then, the latest first: a page at most."""
    looking = typed_looking(saved.words, saved.person)
    return latest(looking, since or saved.looked_at) if looking else []


def all_of(saved: SavedSearch) -> list[Found]:
    """The latest of what is said with its words."""
    looking = typed_looking(saved.words, saved.person)
    return latest(looking, None) if looking else []


@transaction.atomic
def look(saved: SavedSearch, at: datetime | None = None) -> None:
    """Remember that its person has looked."""
    saved.looked_at = at or timezone.now()
    saved.save(update_fields=["looked_at"])
    tell(NoLonger("search", saved.pk))


def tell_of_finds(at: datetime | None = None) -> int:
    """Tell who follows a search that something new is found by it: of a thousand, those asked the longest ago.

    Gives how many searches found something. What one was told of is not told again, looked at or not.
    """
    at = at or timezone.now()
    followed = SavedSearch.objects.select_related("person").filter(asked_at__lt=at)
    return sum(_tell_of_finds(each, at) for each in followed.order_by("asked_at", "pk")[:AT_ONCE])


@transaction.atomic
def _tell_of_finds(saved: SavedSearch, at: datetime) -> bool:
    found = saved.person.is_active and new_since(saved, max(saved.looked_at, saved.asked_at))
    SavedSearch.objects.filter(pk=saved.pk).update(asked_at=at)
    if found:
        tell(Concerns(saved.person_id, "search", saved.pk))
    return bool(found)
