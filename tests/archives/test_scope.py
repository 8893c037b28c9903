"""Somebody's own archive holds what they may read, and nothing else: tried on random people, spaces and words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from terrain.archives.taking_in import take_in
from terrain.archives.writing_out import write_out
from terrain.conversations.editing import edit
from terrain.conversations.following import follow
from terrain.conversations.models import Conversation, Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.reacting import react
from terrain.conversations.replying import reply
from terrain.people.models import Person, Unit
from terrain.spaces.models import JoinRequest, Membership, Openness, Space
from tests.archives.lines import empty, read
from tests.cast import Cast


@dataclass
class Company:
    """Who there is and what they did, drawn at random; an index names a person, a space or a conversation."""

    people: int
    managers: list[int]
    spaces: list[tuple[str, int]]
    members: list[tuple[int, int]]
    asking: list[tuple[int, int]]
    talks: list[tuple[int, int]]
    gestures: list[tuple[str, int, int]]


GESTURES = ("reply", "react", "follow", "edit")


@st.composite
def companies(draw: st.DrawFn) -> Company:
    people = draw(st.integers(1, 6))
    person = st.integers(0, people - 1)
    spaces = draw(st.lists(st.tuples(st.sampled_from(Openness.values), person), min_size=1, max_size=5))
    space = st.integers(0, len(spaces) - 1)
    talks = draw(st.lists(st.tuples(space, person), max_size=6))
    talk = st.integers(0, max(len(talks) - 1, 0))
    return Company(
        people,
        draw(st.lists(person, min_size=people, max_size=people)),
        spaces,
        draw(st.lists(st.tuples(space, person), max_size=12, unique=True)),
        draw(st.lists(st.tuples(space, person), max_size=4, unique=True)),
        talks,
        draw(st.lists(st.tuples(st.sampled_from(GESTURES), talk, person), max_size=12 if talks else 0)),
    )


def found(company: Company) -> list[Person]:
    """Make it, each with words of their own so that what leaks is seen; whoever wrote may have left since."""
    people: list[Person] = []
    for n in range(company.people):
        unit = Unit.objects.create(name=f"unit-of-{n}")
        manager = people[company.managers[n]] if company.managers[n] < n else None
        told = {"name": f"person-{n}", "email": f"p{n}@example.org", "language": "fr", "zone": "Europe/Paris"}
        people.append(Person.objects.create(unit=unit, manager=manager, password="!", **told))
    spaces = [
        Space.unscoped.create(
            name=f"space-{n}", about=f"about-{n}", openness=openness, opened_by=people[opener]
        )
        for n, (openness, opener) in enumerate(company.spaces)
    ]
    Membership.objects.bulk_create(Membership(space=spaces[s], person=people[p]) for s, p in company.members)
    JoinRequest.objects.bulk_create(JoinRequest(space=spaces[s], person=people[p]) for s, p in company.asking)
    talks = [
        open_conversation(spaces[s], people[p], f"<p>talk-{n}-body</p>", title=f"talk-{n}-title")
        for n, (s, p) in enumerate(company.talks)
    ]
    for n, (gesture, talk, p) in enumerate(company.gestures):
        first = Message.unscoped.get(conversation=talks[talk], number=1)
        if gesture == "reply":
            reply(talks[talk], people[p], f"<p>talk-{talk}-reply-{n}</p>", first)
        elif gesture == "react":
            react(first, people[p], "👍")
        elif gesture == "follow":
            follow(talks[talk], people[p])
        elif first.author is not None:
            edit(first, first.author, f"<p>talk-{talk}-edit-{n}</p>")
    return people


@contextmanager
def undone() -> Iterator[None]:
    """What the block writes is gone at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@given(companies(), st.integers(0, 5))
@settings(deadline=None, max_examples=60)
def test_nothing_outside_the_scope_is_in_somebodys_archive(
    tmp_path_factory: pytest.TempPathFactory, company: Company, asked: int
) -> None:
    with undone():
        people = found(company)
        who = asked % len(people)
        path = tmp_path_factory.mktemp("scope") / "own.jsonl"
        write_out(path, person=people[who])
        own, records = path.read_text(), read(path)

        readable = {
            n
            for n, (openness, _) in enumerate(company.spaces)
            if openness == "open" or (n, who) in company.members
        }
        for n in range(len(company.spaces)):
            assert (f'"space-{n}"' in own) == (n in readable)
            assert (f'"about-{n}"' in own) == (n in readable)
        for n, (space, _) in enumerate(company.talks):
            assert (f'"talk-{n}-title"' in own) == (space in readable)
            assert (f"talk-{n}-" in own) == (space in readable)

        readable_talks = {n for n, (space, _) in enumerate(company.talks) if space in readable}
        appearing = {who}
        appearing |= {opener for n, (_, opener) in enumerate(company.spaces) if n in readable}
        appearing |= {person for space, person in company.members if space in readable}
        appearing |= {person for space, person in company.asking if (space, who) in company.members}
        appearing |= {person for n, (_, person) in enumerate(company.talks) if n in readable_talks}
        appearing |= {
            person
            for gesture, n, person in company.gestures
            if n in readable_talks and gesture in ("reply", "react")
        }
        for n in range(company.people):
            assert (f'"person-{n}"' in own) == (n in appearing)
            assert (f"unit-of-{n}" in own) == (n in appearing)
        mine = str(people[who].uid)
        assert {each["person"] for each in records if each["type"] == "following"} <= {mine}
        assert all(each["id"] == mine for each in records if "zone" in each or "language" in each)
        assert {each["space"] for each in records if each["type"] == "join_request"} <= {
            str(Space.unscoped.get(name=f"space-{space}").uid) for space, p in company.members if p == who
        }

        empty()
        assert take_in(path).skipped == {}


def of_type(records: list[dict[str, Any]], kind: str, field: str) -> set[str]:
    return {record[field] for record in records if record["type"] == kind}


def test_each_of_the_cast_gets_their_own(cast: Cast, tmp_path: Path) -> None:
    expected = {
        cast.samira: [cast.in_open, cast.in_closed, cast.in_secret],
        cast.loic: [cast.in_open, cast.in_closed, cast.in_secret],
        cast.claire: [cast.in_open, cast.in_closed],
        cast.ines: [cast.in_open],
        cast.marek: [cast.in_open],
    }
    for person, conversations in expected.items():
        write_out(tmp_path / "own.jsonl", person=person)
        records = read(tmp_path / "own.jsonl")
        assert of_type(records, "conversation", "title") == {each.title for each in conversations}
        assert of_type(records, "message", "conversation") == {str(each.uid) for each in conversations}
    assert Conversation.unscoped.count() == 3
