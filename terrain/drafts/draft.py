"""A draft: a form as somebody left it, kept under its own name until it is published or discarded."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.http import QueryDict

from terrain.conversations.models import Conversation
from terrain.conversations.replying import already_written
from terrain.files.models import needs
from terrain.people.models import Person

MOST = 200
LONGEST = 500_000
"""Characters in all the fields of one form: ten times what a message may have."""

Fields = Mapping[str, Sequence[str]]
"""What each field of a form holds, by its name."""


class TooMany(Exception):
    """Two hundred drafts of one person are kept already."""


class TooLong(Exception):
    """More than is kept of one form."""


class Draft(models.Model):
    """What one person began to write: a conversation of some kind, or a reply where `kind` is empty.

    `key` names the form, and the message that it will be. Nobody but its author ever reads it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.UUIDField()
    kind = models.CharField(max_length=20, blank=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.SET_NULL, null=True, related_name="+")
    fields = models.JSONField()
    kept_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(null=True)
    """When it publishes itself; None where its author does, as a rule."""
    hindrance = models.TextField(blank=True, db_default="")
    """Why it was not published when it was due, in a sentence for its author."""

    class Meta:
        db_table = "drafts_draft"
        constraints: ClassVar = [models.UniqueConstraint("person", "key", name="drafts_draft_once")]
        indexes: ClassVar = [
            models.Index(F("person"), F("kept_at").desc(), name="drafts_draft_latest"),
            models.Index("due_at", name="drafts_draft_due", condition=Q(due_at__isnull=False)),
        ]

    @classmethod
    def of(cls, person: Person) -> "models.QuerySet[Draft]":
        """The only door to drafts: one's own, the latest first."""
        return cls.objects.filter(person=person).order_by("-kept_at", "-pk")

    @property
    def sent(self) -> QueryDict:
        """Its fields, as a form takes them."""
        sent = QueryDict(mutable=True)
        for name, values in self.fields.items():
            sent.setlist(name, values)
        sent["key"] = str(self.key)
        return sent


@needs
def spoken_of() -> Iterator[str]:
    """The files that drafts carry, by their uids."""
    for values in Draft.objects.filter(fields__has_key="files").values_list("fields__files", flat=True):
        yield from values


def keep(
    person: Person, key: UUID, fields: Fields, kind: str = "", conversation: Conversation | None = None
) -> Draft | None:
    """Keep a form as it is now; None where the message of this key was published already.

    Raises TooMany, TooLong.
    """
    if sum(len(value) for values in fields.values() for value in values) > LONGEST:
        raise TooLong
    held = {name: [value.replace("\0", "") for value in values] for name, values in fields.items()}
    # Publishing holds the same lock: what is published is not kept once more by a request that comes late.
    with already_written(person, key) as written:
        if written is not None:
            return None
        begun = Draft.of(person)
        if not begun.filter(key=key).exists() and begun.count() >= MOST:
            raise TooMany
        where = {"kind": kind, "conversation": conversation, "fields": held, "kept_at": Now()}
        draft, _ = Draft.objects.update_or_create(person=person, key=key, defaults=where)
    draft.refresh_from_db()
    return draft


def discard(person: Person, key: UUID) -> None:
    """Keep it no longer."""
    Draft.of(person).filter(key=key).delete()
