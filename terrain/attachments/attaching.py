"""Hanging files on a message that was just written, and letting them go with it."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from terrain.attachments.models import Attachment
from terrain.conversations.additions import changed
from terrain.conversations.models import Message
from terrain.files.keeping import drop
from terrain.files.models import LONGEST_ALT, File
from terrain.spaces.archiving import refuse_if_archived


@transaction.atomic
def attach(message: Message, files: Sequence[File], alts: Mapping[str, str] | None = None) -> None:
    """Hang these files on a message, in this order; what hangs on another message already stays there.

    `alts` says what pictures show, by the file's uid.
    """
    loose = File.unscoped.loose().filter(pk__in=[each.pk for each in files])
    free = {each.pk for each in loose.select_for_update(no_key=True).order_by("pk")}
    for place, file in enumerate(each for each in files if each.pk in free):
        Attachment.unscoped.create(message=message, file=file, place=place)
        if alt := (alts or {}).get(str(file.uid), "").strip()[:LONGEST_ALT]:
            file.alt = alt
            file.save(update_fields=["alt"])


def pictures_of(message: Message) -> list[File]:
    """The pictures of a message, in their order."""
    files = File.unscoped.filter(attachment__message=message).order_by("attachment__place")
    return [each for each in files if each.is_picture]


@transaction.atomic
def describe(message: Message, alts: Mapping[str, str]) -> None:
    """Say what the pictures of a message show, by the file's uid; every page that shows them says so from now on.

    Raises ArchivedSpace.
    """
    refuse_if_archived(message.conversation.space_id)
    for file in pictures_of(message):
        file.alt = alts.get(str(file.uid), file.alt)
        file.save(update_fields=["alt"])
    changed(message.conversation_id, message.conversation.space_id)


@transaction.atomic
def let_go(message_id: int) -> None:
    """Let go of all the files of a message."""
    drop(list(File.unscoped.filter(attachment__message=message_id).order_by("pk")))
