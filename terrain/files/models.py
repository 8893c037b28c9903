"""A file that somebody brought along, seen by whoever may read what it hangs on."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from terrain.people.models import Person

LONGEST_NAME = 120
LONGEST_ALT = 300

Hanging = Callable[[Person | None], models.QuerySet[Any]]
"""From a person, what they may read of that on which files hang; from None, all of it. Each row has a `file`."""

_hangings: list[Hanging] = []


def hangs_on(hanging: Hanging) -> Hanging:
    """Register the decorated function: what hangs on what it gives can be read by who may read that."""
    _hangings.append(hanging)
    return hanging


Needing = Callable[[], Iterable[str]]
"""The uids of files that hang on nothing, and that somebody still means to use."""

_needings: list[Needing] = []


def needs(needing: Needing) -> Needing:
    """Register the decorated function: the files that it names are not left behind."""
    _needings.append(needing)
    return needing


def needed() -> set[str]:
    """The uids of all of them."""
    return {uid for needing in _needings for uid in needing()}


def _hangs(person: Person | None) -> Q:
    """Whether a file hangs on something, that this person may read where one is named."""
    found = Q(pk__in=[])
    for hanging in _hangings:
        found |= Q(Exists(hanging(person).filter(file=OuterRef("pk"))))
    return found


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, person: Person) -> Self:
        """What hangs on something that this person may read, and what they brought that hangs nowhere yet."""
        return self.filter(is_whole=True).filter(_hangs(person) | (Q(uploader=person) & ~_hangs(None)))

    def loose(self) -> Self:
        """What hangs on nothing: it is being written about, or was left behind."""
        return self.filter(~_hangs(None))


class File(models.Model):
    """A file: `type` is told by its content. Of a picture, and of the first page of a PDF, `width` and `height` in
    pixels as it is shown on a page; `alt` says in words what it shows.

    The row is there before what it names is kept, and whole once it is: what was cut short is swept away.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    uploader = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    name = models.CharField(max_length=LONGEST_NAME)
    type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    page_count = models.IntegerField(null=True)
    alt = models.CharField(max_length=LONGEST_ALT, blank=True, default="")
    is_whole = models.BooleanField(default=False)
    brought_at = models.DateTimeField(db_default=Now())

    unscoped = FileQuerySet.as_manager()

    class Meta:
        db_table = "files_file"
        base_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gt=0), name="files_file_is_not_empty")
        ]
        indexes: ClassVar = [models.Index("uploader", "brought_at", name="files_by_uploader")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, person: Person) -> FileQuerySet:
        """The only door to files for a page: what this person may see."""
        return cls.unscoped.all().visible_to(person)

    @property
    def is_picture(self) -> bool:
        return self.type in PICTURES

    @property
    def is_film(self) -> bool:
        return self.type in FILMS

    @property
    def is_shown(self) -> bool:
        """Whether there is something of it to look at: a picture, or the first page of a PDF."""
        return self.width is not None


PICTURES = {"image/jpeg": "jpg", "image/webp": "webp"}
"""The types in which pictures are kept, and how their names end."""
FILMS = {"video/mp4", "video/webm", "video/quicktime"}
PDF = "application/pdf"
