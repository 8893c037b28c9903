"""A conversation shared into another space: one conversation, two places, the narrower audience."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from django.db import models, transaction
from django.db.models.functions import Now

from terrain.conversations import additions
from terrain.conversations.models import Conversation
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived
from terrain.spaces.models import Space

LONGEST = 300


class NotShareable(Exception):
    """It is a direct conversation, or already at home there."""


class Share(models.Model):
    """Somebody brought a conversation into another space; `words` say why, and may be missing."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="shares", db_index=False
    )
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.CharField(max_length=LONGEST, blank=True)
    shared_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "sharing_share"
        constraints: ClassVar = [
            models.UniqueConstraint("conversation", "space", name="sharing_share_once"),
        ]


@transaction.atomic
def share(conversation: Conversation, space: Space, person: Person, words: str = "") -> Share:
    """Bring it into a space; where somebody did already, their share stays.

    Raises NotShareable, and Refused where nothing is written any more.
    It is for the caller to have found the conversation in the person's scope, and the space among their own.
    """
    if conversation.space_id in (None, space.pk):
        raise NotShareable
    refuse_if_archived(space.pk)
    made, is_new = Share.objects.get_or_create(
        conversation=conversation, space=space, defaults={"person": person, "words": words}
    )
    if is_new:
        additions.changed(conversation.pk, conversation.space_id)
    return made


@transaction.atomic
def take_back(share: Share) -> None:
    """It is no longer shown in that space; the conversation itself is as it was."""
    share.delete()
    additions.changed(share.conversation_id, share.conversation.space_id)


def may_take_back(share: Share, person: Person) -> bool:
    """Who shared it, and who opened the conversation."""
    return person.pk in (share.person_id, share.conversation.author_id)


def shares_of(conversations: Collection[int], person: Person) -> Mapping[int, Sequence[Share]]:
    """Where each of these conversations is shared, by its id, as far as this person may read those spaces."""
    found: dict[int, list[Share]] = defaultdict(list)
    shares = Share.objects.filter(conversation__in=conversations, space__in=Space.readable_by(person))
    for each in shares.select_related("space", "person").order_by("shared_at", "pk"):
        found[each.conversation_id].append(each)
    return found
