"""What a space's page shows of who looks after it: its hosts, its pins, and whether it calls for volunteers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from terrain.hosting.hosting import MOST, RENEWABLE, Hosting
from terrain.hosting.models import Pin
from terrain.people.models import Person
from terrain.spaces.models import Membership, Space

ALONE = timedelta(days=14)
"""How long a space is without a host before it calls for volunteers."""


@dataclass(frozen=True)
class Host:
    """Somebody who looks after a space, until a moment."""

    person_id: int
    name: str
    until: datetime


@dataclass(frozen=True)
class Pinned:
    """A conversation on top of its space."""

    id: int
    title: str


@dataclass(frozen=True)
class LookedAfter:
    """A space as somebody finds it who may read it; `own` is their own term, if any, `at` the moment of looking."""

    belongs: bool
    hosts: Sequence[Host]
    own: Host | None
    pins: Sequence[Pinned]
    calls: bool
    at: datetime

    @property
    def has_room(self) -> bool:
        """Whether one more can look after it."""
        return len(self.hosts) < MOST

    @property
    def is_renewable(self) -> bool:
        """Whether the end of the reader's own term is near enough for it to be renewed."""
        return self.own is not None and self.own.until - self.at < RENEWABLE


def looked_after(space: Space, person: Person, at: datetime | None = None) -> LookedAfter | None:
    """Who looks after a space; None for who may not read it. It calls for volunteers after 14 days without a host.

    One question, whatever there is.
    """
    at = at or timezone.now()
    here = OuterRef("pk")
    hosts = Hosting.objects.filter(space=here).current(at).order_by("since", "pk")
    pins = Pin.objects.filter(space=here, conversation__space=F("space")).order_by("place")
    ended = Hosting.objects.filter(space=here, until__lte=at).order_by("-until")
    rows = (
        Space.readable_by(person)
        .filter(pk=space.pk)
        .values_list(
            Exists(Membership.objects.filter(space=here, person=person)),
            ArraySubquery(
                hosts.values(shown=JSONObject(person_id="person_id", name="person__name", until="until"))
            ),
            ArraySubquery(pins.values(shown=JSONObject(id="conversation_id", title="conversation__title"))),
            Subquery(ended.values("until")[:1]),
        )
    )
    for belongs, found, on_top, last_end in rows:
        shown = [
            Host(each["person_id"], each["name"], datetime.fromisoformat(each["until"])) for each in found
        ]
        own = next((host for host in shown if host.person_id == person.pk), None)
        calls = not shown and (last_end or space.opened_at) <= at - ALONE
        return LookedAfter(belongs, shown, own, [Pinned(**each) for each in on_top], calls, at)
    return None
