"""Folding: a message that leads away from what its conversation is about stands aside, and unfolds in one press."""

from typing import ClassVar

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from terrain.conversations import additions
from terrain.conversations.models import Message
from terrain.conversations.settling import leave_in_peace
from terrain.hosting.acts import FOLDED, UNFOLDED
from terrain.people.models import Person
from terrain.people.power import done
from terrain.spaces.archiving import refuse_if_archived
from terrain.web.refusing import Refused


class NotTheFirst(Refused):
    """The message that opens a conversation says what it is about."""

    sentence = _("The message that opens a conversation says what it is about: it is not folded.")


class Folding(models.Model):
    """A message is folded, by somebody who looks after its space."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    folded_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "hosting_folding"
        constraints: ClassVar = []


@transaction.atomic
def fold(message: Message, person: Person) -> None:
    """Fold a message, in public; twice is once. Its words stay as they are.

    Raises NotTheFirst, ArchivedSpace, and StillSettling in the first three days of its conversation.
    """
    here = message.conversation
    refuse_if_archived(here.space_id)
    if message.number == 1:
        raise NotTheFirst
    leave_in_peace(here, person)
    _, is_new = Folding.objects.get_or_create(message=message, defaults={"person": person})
    if is_new:
        _told(message)
        done(FOLDED, person, "message", message.pk)


@transaction.atomic
def unfold(message: Message, person: Person) -> None:
    """Show a message as the others again."""
    refuse_if_archived(message.conversation.space_id)
    removed, _foldings = Folding.objects.filter(message=message).delete()
    if removed:
        _told(message)
        done(UNFOLDED, person, "message", message.pk)


def _told(message: Message) -> None:
    additions.changed(message.conversation_id, message.conversation.space_id)
