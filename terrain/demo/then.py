"""What the demo company’s people did before now: done by the same verbs as today, and dated as of then."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from random import Random
from typing import Protocol, TypeVar
from uuid import UUID

from django.db.models import Max
from django.utils import translation

from terrain.conversations.models import Conversation, Following, Message, Reading
from terrain.spaces.models import Space

T = TypeVar("T")


class Then(Protocol):
    """Do something as of a moment, and give back what it gives."""

    def __call__(self, at: datetime, deed: Callable[[], T]) -> T: ...


@contextmanager
def told_then(rng: Random) -> Iterator[Then]:
    """Messages and conversations that come of a deed are as old as it is, and the same in each planting."""

    def then(at: datetime, deed: Callable[[], T]) -> T:
        said, opened = _last(Message), _last(Conversation)
        done = deed()
        for message in Message.unscoped.filter(pk__gt=said).order_by("pk"):
            here = message.conversation_id
            uid = UUID(int=rng.getrandbits(128), version=4)
            Message.unscoped.filter(pk=message.pk).update(written_at=at, uid=uid)
            Conversation.unscoped.filter(pk=here).update(last_activity_at=at)
            Following.objects.filter(conversation=here, followed_at__gt=at).update(followed_at=at)
            if message.author:
                Reading.of(message.author).filter(conversation=here).update(read_at=at)
        for conversation in Conversation.unscoped.filter(pk__gt=opened).order_by("pk"):
            uid = UUID(int=rng.getrandbits(128), version=4)
            Conversation.unscoped.filter(pk=conversation.pk).update(opened_at=at, uid=uid)
        return done

    with translation.override("fr"):
        yield then
    for space in Space.unscoped.all():
        latest = Conversation.unscoped.filter(space=space).aggregate(at=Max("last_activity_at"))["at"]
        Space.unscoped.filter(pk=space.pk).update(last_activity_at=latest or space.opened_at)


def _last(model: type[Message] | type[Conversation]) -> int:
    """The latest id there is."""
    latest: int | None = model.unscoped.aggregate(pk=Max("pk"))["pk"]
    return latest or 0
