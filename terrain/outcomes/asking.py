"""Asking what became of a conversation: by anybody who reads it, in their name, until somebody says it."""

from django.db import models, transaction
from django.db.models.functions import Now

from terrain.conversations import additions
from terrain.conversations.models import Conversation
from terrain.conversations.settling import leave_in_peace
from terrain.outcomes.outcome import Outcome, standing
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived


class Asking(models.Model):
    """Somebody asks what became of a conversation; the first who does, for all."""

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "outcomes_asking"


@transaction.atomic
def ask(conversation: Conversation, person: Person) -> None:
    """Ask what became of it; nothing where that is said, or asked already.

    Raises StillSettling in its first three days, for who did not open it; ArchivedSpace.
    """
    refuse_if_archived(conversation.space_id)
    leave_in_peace(conversation, person)
    if standing([conversation.pk]) or asked(conversation.pk):
        return
    Asking.objects.update_or_create(conversation=conversation, defaults={"person": person, "asked_at": Now()})
    additions.changed(conversation.pk, conversation.space_id)


@transaction.atomic
def ask_no_more(conversation: Conversation, person: Person) -> None:
    """Take back what one asked."""
    refuse_if_archived(conversation.space_id)
    taken, _ = Asking.objects.filter(conversation=conversation, person=person).delete()
    if taken:
        additions.changed(conversation.pk, conversation.space_id)


def asked(conversation: int) -> Asking | None:
    """Who asks what became of it, and since when, as long as nobody has said it since."""
    found = Asking.objects.filter(conversation=conversation).select_related("person").first()
    if (
        found is None
        or Outcome.objects.filter(conversation=conversation, written_at__gte=found.asked_at).exists()
    ):
        return None
    return found
