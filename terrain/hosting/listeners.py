"""Who leaves a space, or hands it over to its members, no longer looks after it."""

from terrain.hosting.hosting import step_down
from terrain.people.models import Person
from terrain.spaces.handing_over import HandedOver
from terrain.spaces.joining import MembershipChanged, is_member
from terrain.spaces.models import Space
from terrain.web.events import hear


@hear(MembershipChanged)
def left(event: MembershipChanged) -> None:
    space, person = Space(pk=event.space_id), Person(pk=event.person_id)
    if not is_member(space, person):
        step_down(space, person)


@hear(HandedOver)
def given_back(event: HandedOver) -> None:
    step_down(Space(pk=event.space_id), Person(pk=event.person_id))
