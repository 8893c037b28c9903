"""Ten thousand times, somebody asks for something: they are shown what is theirs to read, and nothing else."""

import json
import random
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from terrain.archives import telling
from terrain.archives.scope import scope_of
from terrain.conversations.mentioning import readers_of
from terrain.conversations.models import Conversation, Mention
from terrain.live import asking
from terrain.people.models import Person
from tests.house.addresses import said_by
from tests.house.world import MARK, World, built

PAIRS, SEED = 10_000, 20_261_130
SHOWN, NOT_THERE = {200, 302}, {404}

LISTS = (
    "/",
    "/spaces",
    "/people",
    "/me",
    "/agenda",
    "/direct",
    "/saved",
    "/search?q=page",
    "/search?q=de:personne&sort=messages",
    "/search?q=png&sort=files",
    "/drafts",
    "/topics",
    "/desk",
    "/hosts",
    "/handed-over",
    "/contributions",
    "/notices",
    "/chart",
    "/posts/new",
    "/who-knows?q=zq",
    "/suggestions/topics?q=zq",
    "/suggestions/people?q=personne",
    "/spaces?q=zq",
    "/spaces/names?name=zq",
)
"""The pages that anybody opens, whatever is in them."""


def seen(answer: HttpResponse) -> set[str]:
    """The marks in a whole answer: what it says, and its headers."""
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    return set(MARK.findall(said_by(answer) + headers))


def leaked(world: World, person: Person, marks: set[str]) -> set[str]:
    return {mark for mark in marks if person.pk not in world.readers_of[mark]}


def inside(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def world(db: None) -> World:
    made = built(SEED)
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # As PostgreSQL does by itself, once what was written is committed.
    return made


def test_ten_thousand_pairs_of_a_person_and_a_thing(world: World) -> None:
    chance, found = random.Random(SEED), []
    browsers = {each.pk: inside(each) for each in world.people}
    pairs = [(person, address) for person in world.people for address in world.addresses]
    answered = {True: 0, False: 0}
    read: set[str] = set()
    for person, address in chance.sample(pairs, PAIRS):
        answer = browsers[person.pk].get(address.path)
        marks, may = seen(answer), person.pk in address.readers
        wrong = answer.status_code not in (SHOWN if may else NOT_THERE)
        if wrong or leaked(world, person, marks):
            found.append(
                f"{person} at {address.path}: {answer.status_code} {sorted(leaked(world, person, marks))}"
            )
        answered[may] += 1
        read |= marks
    assert found == []
    assert min(answered.values()) > PAIRS / 5, f"too many of one sort: {answered}"
    unseen = set(world.readers_of) - read
    assert len(unseen) < len(world.readers_of) / 10, f"what nobody was shown proves nothing: {sorted(unseen)}"


def test_no_list_shows_what_is_not_for_its_reader(world: World) -> None:
    found, read = [], set()
    for person in world.people:
        client = inside(person)
        paths = (*LISTS, *(f"/people/{each.pk}" for each in world.people), *topics_of_others(world, person))
        for path in paths:
            answer = client.get(path)
            marks = seen(answer) - set(MARK.findall(path))
            if answer.status_code != 200 or leaked(world, person, marks):
                found.append(
                    f"{person} at {path}: {answer.status_code} {sorted(leaked(world, person, marks))}"
                )
            read |= marks
    assert found == []
    assert len(read) > len(world.readers_of) / 4


def topics_of_others(world: World, person: Person) -> Iterator[str]:
    """The pages of some topics of which this person should know nothing."""
    hidden = sorted(mark for mark, readers in world.readers_of.items() if person.pk not in readers)
    yield from (f"/topics/{each}" for each in world.chance.sample(hidden, 5))


def test_no_export_tells_what_is_not_for_its_reader(world: World) -> None:
    for person in world.people:
        told = set(MARK.findall(json.dumps(list(telling.records(scope_of(person))))))
        assert leaked(world, person, told) == set()
        assert len(told) > 50


def test_nobody_is_named_in_what_they_may_not_read(world: World) -> None:
    named = Mention.objects.select_related("person", "message__conversation")
    assert named.count() > 50
    for each in named:
        assert readers_of(each.message.conversation).filter(pk=each.person_id).exists()


def test_the_live_stream_tells_of_a_space_to_those_who_belong(world: World) -> None:
    told = asking.spaces_of([each.pk for each in world.people])
    for person in world.people:
        belongs = {pk for pk, (_, here, _) in world.spaces.items() if person.pk in here}
        assert told.get(person.pk, frozenset()) == belongs


def test_what_anybody_may_read_is_what_the_world_says(world: World) -> None:
    """The one door, `visible_to`, against the readers that each conversation was made for."""
    for person in world.people:
        visible = set(Conversation.visible_to(person).values_list("pk", flat=True))
        assert visible == {talk.pk for talk, readers in world.conversations if person.pk in readers}
