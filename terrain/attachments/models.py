"""An attachment: a file that hangs on a message, in its place among others."""

from typing import ClassVar, Self

from django.db import models

from terrain.conversations.models import Message
from terrain.files.models import File, hangs_on
from terrain.people.models import Person

MOST = 20
"""Files on one message."""


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, person: Person) -> Self:
        """What hangs on the messages that this person may read."""
        return self.filter(message__in=Message.visible_to(person).standing())


class Attachment(models.Model):
    """A file on a message; a file hangs on one message at most."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments", db_index=False)
    file = models.OneToOneField(File, on_delete=models.CASCADE, related_name="attachment")
    place = models.IntegerField()

    unscoped = AttachmentQuerySet.as_manager()

    class Meta:
        db_table = "attachments_attachment"
        base_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint("message", "place", name="attachments_attachment_one_in_a_place")
        ]

    @classmethod
    def visible_to(cls, person: Person) -> AttachmentQuerySet:
        """The only door to attachments for a page: those of what this person may read."""
        return cls.unscoped.all().visible_to(person)


@hangs_on
def attached(person: Person | None) -> AttachmentQuerySet:
    return Attachment.unscoped.all() if person is None else Attachment.visible_to(person)
