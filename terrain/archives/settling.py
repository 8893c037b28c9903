"""Brings units, people and spaces in, with who belongs where: one transaction, and what is here stays as it is."""

import secrets
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from terrain.archives.chart import Ground
from terrain.archives.header import Header
from terrain.archives.records import Path, Person, Space
from terrain.archives.refusing import LEFT_OUT
from terrain.archives.waiting import ask, do
from terrain.people.models import Organisation
from terrain.web.copying import copy

PERSON = "id uid name email title unit_id manager_id joined_at left_on language theme zone password".split()
SPACE = "id uid name about openness opened_by_id opened_at last_activity_at member_count conversation_count".split()
FIRST_WORDS = """
    select author, min(at) from arriving_message where why is null and author is not null group by author
"""
FIRST_TALKS = "select space, min(at) from arriving_conversation where why is null group by space"
# What stands between a person and a space, where either of them is new: belonging to it, or asking to.
BETWEEN = """
    insert into {table} (space_id, person_id, {moment})
    select s.pk, p.pk, coalesce(a.at, h.opened_at)
    from arriving_{kind} a
    join arriving_space s on s.id = a.space join arriving_person p on p.id = a.person
    join spaces_space h on h.id = s.pk
    where a.why is null and (s.is_new or p.is_new) order by a.line
    on conflict do nothing
"""
MEMBERSHIPS = BETWEEN.format(table="spaces_membership", moment="joined_at", kind="membership")
JOIN_REQUESTS = BETWEEN.format(table="spaces_joinrequest", moment="asked_at", kind="join_request")
# They belong to it from its last message on: what was said before is not theirs to catch up with.
AUTHORS_BELONG = """
    with written as (
        select c.space, m.author, min(m.line) as line, max(max(m.at)) over (partition by c.space) as ended_at
        from arriving_message m join arriving_conversation c on c.id = m.conversation
        where m.why is null and m.pk is null group by c.space, m.author
    )
    insert into spaces_membership (space_id, person_id, joined_at)
    select s.pk, p.pk, w.ended_at
    from written w join arriving_space s on s.id = w.space join arriving_person p on p.id = w.author
    order by w.line
    on conflict do nothing
"""
COUNT_MEMBERS = """
    update spaces_space s set member_count = m.n
    from (
        select space_id, count(*) as n from spaces_membership
        where space_id in (select pk from arriving_space) group by space_id
    ) m
    where s.id = m.space_id and s.member_count <> m.n
"""


def find_who_is_here(ground: Ground) -> int:
    """See which people and spaces are here already; how many people by their address alone."""
    uids = [person.uid for person in ground.people.values()]
    here = dict(ask("select uid::text, id from people_person where uid = any(%s::uuid[])", uids))
    emails = [person.email for person in ground.people.values() if person.email]
    by_email = dict(ask("select email, id from people_person where email = any(%s)", emails))
    by_address = 0
    for person in ground.people.values():
        person.pk = here.get(person.uid)
        if person.pk is None and person.email in by_email:
            person.pk = by_email[person.email]
            by_address += 1
        person.is_new = person.pk is None
    uids = [space.uid for space in ground.spaces.values()]
    here = dict(ask("select uid::text, id from spaces_space where uid = any(%s::uuid[])", uids))
    for space in ground.spaces.values():
        space.pk = here.get(space.uid)
        space.is_new = space.pk is None
    return by_address


def tell_of(ground: Ground) -> None:
    """Put people and spaces beside the lines that name them."""
    _tell_of("person", ground.people, ground.left_out["person"])
    _tell_of("space", ground.spaces, ground.left_out["space"])


def _tell_of(kind: str, known: Mapping[str, Person | Space], left_out: Mapping[str, int]) -> None:
    rows: list[Sequence[object]] = [
        (one.line, None, one.id, one.uid, one.pk, one.is_new) for one in known.values()
    ]
    rows += [(line, LEFT_OUT, id, None, None, False) for id, line in left_out.items() if id not in known]
    do(f"truncate arriving_{kind}")
    copy(f"arriving_{kind}", ["line", "why", "id", "uid", "pk", "is_new"], rows)
    do(f"analyze arriving_{kind}")


@transaction.atomic
def settle(header: Header, ground: Ground, *, authors_belong: bool) -> int:
    """Bring in everything but what is said; how many authors became members by having written."""
    if header.organisation and not Organisation.objects.filter(pk=1).exists():
        Organisation.objects.create(name=header.organisation)
    units = _units(ground)
    _people(ground, units)
    _spaces(ground)
    tell_of(ground)
    do(MEMBERSHIPS)
    do(JOIN_REQUESTS)
    belonging = do(AUTHORS_BELONG) if authors_belong else 0
    do(COUNT_MEMBERS)
    return belonging


def new_units(ground: Ground) -> int:
    """How many of the archive's units are not here yet."""
    return sum(pk is None for pk in _units_here(ground).values())


def _units_here(ground: Ground) -> dict[Path, int | None]:
    """The archive's units from the top down, with those here that are the same: by id, else by their place."""
    rows = ask("select id, uid::text, parent_id, name from people_unit")
    uids = {uid: pk for pk, uid, _, _ in rows}
    places: dict[tuple[int | None, str], int] = {(parent, name): pk for pk, _, parent, name in rows}
    here: dict[Path, int | None] = {}
    for path in sorted(ground.units, key=lambda path: (len(path), path)):
        pk = uids.get(ground.units[path].uid)
        above = here.get(path[:-1])
        if pk is None and (above or len(path) == 1):
            pk = places.get((above, path[-1]))
        here[path] = pk
    return here


def _units(ground: Ground) -> dict[Path, int]:
    """The units by their paths, made where they are missing."""
    found: dict[Path, int] = {}
    for path, pk in _units_here(ground).items():
        unit = ground.units[path]
        found[path] = pk or int(
            ask(
                "insert into people_unit (uid, name, parent_id, opened_at) values (%s, %s, %s, coalesce(%s, now()))"
                " returning id",
                *(unit.uid, path[-1], found.get(path[:-1]), unit.opened_at),
            )[0][0]
        )
    return found


def _people(ground: Ground, units: dict[Path, int]) -> None:
    new = [person for person in ground.people.values() if person.is_new]
    if any(person.joined_at is None for person in new):
        first = dict(ask(FIRST_WORDS))
        now = ask("select now()")[0][0]
        for person in new:
            person.joined_at = person.joined_at or first.get(person.id, now)
    for person, pk in zip(new, _numbers("people_person", len(new)), strict=True):
        person.pk = pk
    copy("people_person", PERSON, [_person(person, ground, units) for person in new])


def _person(person: Person, ground: Ground, units: dict[Path, int]) -> Sequence[object]:
    manager = ground.people[person.manager].pk if person.manager else None
    return (
        *(person.pk, person.uid, person.name, person.email, person.title, units.get(person.unit), manager),
        *(person.joined_at, person.left_on, person.language, person.theme, person.zone),
        # Nobody comes in by a password before having chosen one.
        f"!{secrets.token_urlsafe(30)}",
    )


def _spaces(ground: Ground) -> None:
    new = [space for space in ground.spaces.values() if space.is_new]
    if any(space.opened_at is None for space in new):
        first = dict(ask(FIRST_TALKS))
        now = ask("select now()")[0][0]
        for space in new:
            space.opened_at = space.opened_at or first.get(space.id, now)
    for space, pk in zip(new, _numbers("spaces_space", len(new)), strict=True):
        space.pk = pk
    rows = []
    for space in new:
        opener = ground.people[space.opened_by].pk if space.opened_by else None
        opened_at = space.opened_at
        told = (space.pk, space.uid, space.name, space.about, space.openness, opener, opened_at, opened_at)
        rows.append((*told, 0, 0))
    copy("spaces_space", SPACE, rows)


def _numbers(table: str, n: int) -> Iterable[int]:
    sequence = f"pg_get_serial_sequence('{table}', 'id')"
    return [row[0] for row in ask(f"select nextval({sequence}) from generate_series(1, %s)", n)]
