"""Hanging files on a message that was just written, and letting them go with it."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from terrain.attachments.models import Attachment
from terrain.conversations.models import Message
from terrain.files.keeping import drop
from terrain.files.models import LONGEST_ALT, File


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


@transaction.atomic
def let_go(message_id: int) -> None:
    """Let go of all the files of a message."""
    drop(list(File.unscoped.filter(attachment__message=message_id).order_by("pk")))
