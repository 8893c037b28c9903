"""Thanks as one reader finds them: on somebody's page, under a message, and one's own of late."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from terrain.conversations.marks import Span
from terrain.conversations.models import Message
from terrain.people.models import Person
from terrain.thanks.thanking import Hiding, Thanks

LATELY = timedelta(days=14)
FIELDS = (
    *("id", "giver_id", "giver__name", "receiver_id", "words", "given_at"),
    *("is_private", "hidden", "message_id", "title"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Thanks as their reader sees them; `title` is that of the conversation, None where it is not theirs to read."""

    id: int
    giver_id: int | None
    giver: str | None
    receiver_id: int
    words: str
    given_at: datetime
    is_private: bool
    is_hidden: bool
    message_id: int | None
    title: str | None


def received(somebody: Person, reader: Person, most: int) -> list[Shown]:
    """The latest thanks to somebody that the reader may see; one question."""
    return [Shown(*row) for row in _rows(reader).filter(receiver=somebody)[:most]]


def received_of(somebody: Person, things: Collection[int]) -> list[Shown]:
    """These of the thanks that somebody received, as they see them themselves; one question."""
    return [Shown(*row) for row in _rows(somebody).filter(receiver=somebody, pk__in=things)]


def received_within(span: Span) -> list[Shown]:
    """The thanks of a span that its reader may see, all of them in public; one question."""
    public = _rows(span.reader).filter(
        receiver=span.person, is_private=False, hiding=None, given_at__gte=span.since, given_at__lt=span.until
    )
    return [Shown(*row) for row in public]


def for_message(message: Message, reader: Person) -> list[Shown]:
    """The thanks for a message that the reader may see, the latest first."""
    return [Shown(*row) for row in _rows(reader).filter(message=message)]


def under(messages: Collection[int]) -> Mapping[int, Sequence[Thanks]]:
    """The thanks shown under each of these messages to all who read them, the latest first, by its id."""
    found: dict[int, list[Thanks]] = {}
    shown = Thanks.unscoped.filter(message__in=messages).shown().select_related("giver")
    for thanks in shown.order_by("-given_at", "-pk"):
        assert thanks.message_id is not None
        found.setdefault(thanks.message_id, []).append(thanks)
    return found


def lately(person: Person, epoch: int) -> tuple[Shown, ...]:
    """What this person was thanked for in the last two weeks, three at most; `epoch` is the organisation's.

    Asked once in each process, until they are thanked again, a name changes, or the day does.
    """
    return _asked(person.pk, person.epoch, epoch, timezone.localdate().toordinal())


@lru_cache(maxsize=20_000)
def _asked(person: int, _person_epoch: int, _organisation_epoch: int, _day: int) -> tuple[Shown, ...]:
    own = _rows(Person(pk=person)).filter(receiver=person, hiding=None, given_at__gt=timezone.now() - LATELY)
    return tuple(Shown(*row) for row in own[:3])


def _rows(reader: Person) -> Any:
    titles = Message.visible_to(reader).filter(pk=OuterRef("message")).values("conversation__title")
    return (
        Thanks.visible_to(reader)
        .annotate(hidden=Exists(Hiding.objects.filter(thanks=OuterRef("pk"))), title=Subquery(titles[:1]))
        .order_by("-given_at", "-pk")
        .values_list(*FIELDS)
    )
