"""Opening a space: a name, one sentence, done; and the spaces of a similar name that are there already."""

from datetime import timedelta

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models.functions import Now

from terrain.people.models import Person
from terrain.spaces.joining import MembershipChanged
from terrain.spaces.space import Membership, Openness, Space
from terrain.web.events import tell

SIMILAR = 0.4
A_WEEK = 5


class TooManySpaces(Exception):
    """This person has opened as many spaces this week as one may."""


@transaction.atomic
def open_space(name: str, about: str, openness: Openness, person: Person) -> Space:
    """Open a space, its opener being the first member; raises TooManySpaces beyond five in seven days."""
    recent = Space.unscoped.filter(opened_by=person, opened_at__gt=Now() - timedelta(days=7))
    if recent.count() >= A_WEEK:
        raise TooManySpaces
    space = Space.unscoped.create(name=name, about=about, openness=openness, opened_by=person, member_count=1)
    Membership.objects.create(space=space, person=person)
    person.moved()
    tell(MembershipChanged(person.pk, space.pk))
    return space


def similar(name: str, person: Person, most: int = 3) -> list[Space]:
    """The spaces this person may know of whose names are close (trigram similarity of 0.4 and more)."""
    return list(
        Space.visible_to(person)
        .annotate(likeness=TrigramSimilarity("name", name))
        .filter(likeness__gte=SIMILAR)
        .order_by("-likeness", "id")[:most]
    )
