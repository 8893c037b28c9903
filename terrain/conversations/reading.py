"""Reading positions: how far a person has read, for their own eyes.

No page, list or export asks for another's position; `of` is the only door, and a test holds it.
"""

from dataclasses import dataclass
from typing import ClassVar

from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Now

from terrain.conversations.conversation import Conversation
from terrain.people.models import Person
from terrain.web.events import tell
from terrain.web.prepared import Given


class Reading(models.Model):
    """`number` is the last message of the conversation that the person has read."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.IntegerField()
    read_at = models.DateTimeField(db_default=Now())

    unscoped = models.Manager["Reading"]()

    class Meta:
        db_table = "conversations_reading"
        base_manager_name = "unscoped"
        constraints: ClassVar = [
            models.UniqueConstraint("person", "conversation", name="conversations_reading_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="conversations_reading_number"),
        ]

    @classmethod
    def of(cls, person: Person | Given) -> models.QuerySet["Reading"]:
        """This person's own positions."""
        return cls.unscoped.filter(person=person)


@dataclass(frozen=True)
class Read:
    """Somebody has read further in a conversation."""

    person_id: int
    conversation_id: int
    number: int
    """The last message that they have read."""
    is_direct: bool


READ = """
    insert into conversations_reading (conversation_id, person_id, number) values (%s, %s, %s)
    on conflict (person_id, conversation_id) do update set number = excluded.number, read_at = now()
    where conversations_reading.number < excluded.number
"""


@transaction.atomic
def read_up_to(conversation: Conversation, person: Person, number: int) -> None:
    """Remember that this person has read up to this message; a position never goes back."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [conversation.pk, person.pk, number])
        has_moved = cursor.rowcount > 0
    if has_moved:
        tell(Read(person.pk, conversation.pk, number, conversation.space_id is None))
