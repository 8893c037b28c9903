"""Summing up: what a long conversation has said so far, in a few lines, by who looks after its space."""

from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now

from terrain.conversations import additions
from terrain.conversations.models import Conversation
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived

LONG = 40
"""A conversation with more messages than this, since it was last summed up, is worth summing up."""
LONGEST = 2000


class Summary(models.Model):
    """One version of what a conversation has said, up to a message; the latest is shown, the others stay readable."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    body = models.TextField()
    up_to = models.IntegerField()
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "hosting_summary"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(body=""), name="hosting_summary_says_something"),
        ]


@transaction.atomic
def sum_up(conversation: Conversation, person: Person, body: str) -> Summary:
    """Write what the conversation has said so far, in plain text; what was written before is kept."""
    refuse_if_archived(conversation.space_id)
    summary = Summary.objects.create(
        conversation=conversation, author=person, body=body, up_to=conversation.message_count
    )
    additions.changed(conversation.pk, conversation.space_id)
    return summary


def summaries(conversation_id: int) -> models.QuerySet[Summary]:
    """What was written of a conversation, the latest first."""
    return Summary.objects.filter(conversation=conversation_id).select_related("author").order_by("-pk")
