"""A message in two languages: its author says it again in the other one, and each reader finds their own first."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from terrain.conversations.conversation import Conversation
from terrain.conversations.editing import GRACE, Edit, NotTheAuthor, hold_still
from terrain.conversations.events import Edited
from terrain.conversations.message import Message
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived
from terrain.web.events import tell

LANGUAGES = [code for code, _name in settings.LANGUAGES]
"""Those that a message may be in twice: "fr" and "en"."""


class Version(models.Model):
    """What a message says in its other language, by its own author, `body` being clean HTML."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="version_in")
    language = models.CharField(max_length=2)
    body = models.TextField()
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "conversations_version"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="conversations_version_language")
        ]


def other_than(language: str) -> str:
    """The language that is not this one, of the two."""
    return next(each for each in LANGUAGES if each != language)


@transaction.atomic
def say_also(
    message: Message, person: Person, language: str, body: str, at: datetime | None = None
) -> Version:
    """Say a message in `language` too: it is taken to have been written in the other one.

    What the version said before is kept with the earlier words of the message. Raises NotTheAuthor for anybody else,
    whatever their role, NotStanding, and ArchivedSpace.
    """
    here = _own(message, person)
    now = at or timezone.now()
    before = Version.objects.filter(message=here).first()
    if before and (before.body, before.language) == (body, language):
        return before
    if before:
        _remember(here, before, now)
    version, _ = Version.objects.update_or_create(
        message=here, defaults={"language": language, "body": body, "written_at": now}
    )
    _changed(here, language=other_than(language))
    return version


@transaction.atomic
def say_once(message: Message, person: Person, at: datetime | None = None) -> None:
    """Leave the other version out again; what it said stays with the earlier words.

    Raises NotTheAuthor, NotStanding, ArchivedSpace.
    """
    here = _own(message, person)
    if before := Version.objects.filter(message=here).first():
        _remember(here, before, at or timezone.now())
        before.delete()
        _changed(here)


def _own(message: Message, person: Person) -> Message:
    if message.author_id is None or message.author_id != person.pk:
        raise NotTheAuthor
    hold_still(message)
    here = Message.unscoped.select_related("conversation").get(pk=message.pk)
    refuse_if_archived(here.conversation.space_id)
    return here


def _remember(message: Message, before: Version, now: datetime) -> None:
    Edit.objects.create(message=message, body=before.body, made_at=now)
    if now - before.written_at > GRACE:
        Message.unscoped.filter(pk=message.pk).update(edited_at=now)


def _changed(message: Message, **changes: str) -> None:
    Message.unscoped.filter(pk=message.pk).update(version=F("version") + 1, **changes)
    Conversation.unscoped.filter(pk=message.conversation_id).update(version=F("version") + 1)
    tell(Edited(message.conversation_id, message.conversation.space_id, message.pk))
