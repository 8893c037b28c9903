"""A unit's own space: the chart brings its people in, and whoever leaves is not brought in again."""

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from terrain.people.models import Person
from terrain.people.power import done
from terrain.spaces.acts import FROM_UNIT, TO_UNIT
from terrain.spaces.archiving import refuse_if_archived
from terrain.spaces.departing import UnitSpace
from terrain.spaces.joining import MembershipChanged
from terrain.spaces.settling import leave_in_peace
from terrain.spaces.space import Membership, Openness, Space
from terrain.web.events import tell
from terrain.web.refusing import Refused

# Of the unit and those below it: who is here, and neither belongs to the space nor has left it.
MISSING = """
    with recursive below as (
        select id from people_unit where id = %(unit)s
        union all select u.id from people_unit u join below b on u.parent_id = b.id
    )
    select p.id from people_person p join below b on b.id = p.unit_id
    where (p.left_on is null or p.left_on > current_date)
        and not exists (select from spaces_membership m where m.space_id = %(space)s and m.person_id = p.id)
        and not exists (select from spaces_departure d where d.space_id = %(space)s and d.person_id = p.id)
    order by p.id
"""


class NoUnit(Refused):
    """Who gives a space to their unit has one."""

    sentence = _("You are in no unit of the chart: this is for its people to do.")


class AlreadyOfAUnit(Refused):
    """A space is of one unit at most, and a unit has one space at most."""

    sentence = _("Your unit has a space already, or this space is another unit’s.")


class NotSecretly(Refused):
    """Bringing people in by the chart would tell them of a secret space."""

    sentence = _("A secret space is for those whom its members let in, not for a whole unit.")


@transaction.atomic
def give_to_unit(space: Space, person: Person) -> UnitSpace:
    """Make a space the one of this person's unit: its people are brought in, now and as the chart changes.

    Raises NoUnit, AlreadyOfAUnit, NotSecretly, ArchivedSpace, and StillSettling for anybody but who opened it.
    """
    here = Space.unscoped.select_for_update(no_key=True).get(pk=space.pk)
    if person.unit is None:
        raise NoUnit
    if here.openness == Openness.SECRET:
        raise NotSecretly
    refuse_if_archived(here.pk)
    leave_in_peace(here, person)
    taken = UnitSpace.objects.filter(Q(space=here) | Q(unit=person.unit))
    if taken.exists():
        raise AlreadyOfAUnit
    of_unit = UnitSpace.objects.create(space=here, unit=person.unit, person=person)
    bring_in(of_unit)
    done(TO_UNIT, person, "space", here.pk)
    return of_unit


@transaction.atomic
def take_from_unit(space: Space, person: Person) -> None:
    """Let a space be anybody's again: who belongs to it stays, the chart brings nobody in any more."""
    taken, _spaces = UnitSpace.objects.filter(space=space).delete()
    if taken:
        done(FROM_UNIT, person, "space", space.pk)


@transaction.atomic
def bring_in(of_unit: UnitSpace) -> int:
    """Let the unit's people in who are not in yet and have not left; returns how many."""
    space_id = of_unit.space_id
    with connection.cursor() as cursor:
        cursor.execute(MISSING, {"unit": of_unit.unit_id, "space": space_id})
        missing = [row[0] for row in cursor.fetchall()]
    if missing:
        rows = [Membership(space_id=space_id, person_id=person) for person in missing]
        Membership.objects.bulk_create(rows)
        Space.unscoped.filter(pk=space_id).update(member_count=F("member_count") + len(missing))
        Person.objects.filter(pk__in=missing).update(epoch=F("epoch") + 1)
    for person in missing:
        tell(MembershipChanged(person, space_id))
    return len(missing)


def follow_the_chart() -> int:
    """Bring in whoever has come to a unit that has a space; returns how many."""
    living = UnitSpace.objects.filter(space__archiving=None).order_by("pk")
    return sum(bring_in(of_unit) for of_unit in living)
