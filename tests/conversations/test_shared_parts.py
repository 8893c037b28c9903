"""What everybody sees is drawn once and holds nothing of whoever looked first; what is personal is right for each."""

import re
import sys
from datetime import UTC, datetime

import pytest

from terrain.conversations.following import follow
from terrain.conversations.models import Conversation, Message
from terrain.conversations.reacting import react
from terrain.conversations.reading import read_up_to
from terrain.people.models import Person
from terrain.web.fragments import Fragment, Kept
from tests.cast import Cast, person

BY_CHANCE = re.compile(r'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"')


def kept() -> dict[object, Fragment]:
    """Every part of what is said that this process keeps for all, by where and under which key."""
    stores = {
        (name, each): value
        for name, module in sys.modules.items()
        if name.startswith("terrain.conversations.")
        for each, value in vars(module).items()
        if isinstance(value, Kept)
    }
    return {(*place, key): part for place, store in stores.items() for key, part in store._kept.items()}


def pages(cast: Cast) -> list[str]:
    """Where parts are shared."""
    return ["/", f"/spaces/{cast.open.pk}", f"/conversations/{cast.in_open.pk}", f"/people/{cast.samira.pk}"]


@pytest.fixture
def reader(cast: Cast) -> Person:
    """Somebody whose own name, signs and position would be noticed in a part that is kept for all."""
    somebody = person("Zébulon Quidam", cast.workshop)
    react(cast.first(cast.in_open), somebody, "🎉")
    follow(cast.in_open, somebody)
    read_up_to(cast.in_open, somebody, 1)
    return somebody


def test_what_is_kept_holds_nothing_of_its_first_reader(cast: Cast, reader: Person) -> None:
    client = cast.client(reader)
    assert kept() == {}
    for path in pages(cast):
        assert client.get(path).status_code == 200
    parts = kept()
    assert len(parts) >= 3
    for place, part in parts.items():
        html = b"".join(part.pieces).decode()
        for personal in ("Zébulon", f"/people/{reader.pk}", 'aria-pressed="true"', "/edit", "unread", "csrf"):
            assert personal not in html, place
        assert "talk card new" not in html, place


def test_what_its_author_may_do_is_not_kept_for_the_others(cast: Cast) -> None:
    here = f"/conversations/{cast.in_open.pk}"
    edit = f"/messages/{cast.answer(cast.in_open).pk}/edit"
    for person_, expected in ((cast.loic, True), (cast.ines, False), (cast.loic, True), (cast.marek, False)):
        assert (edit in cast.client(person_).get(here).content.decode()) == expected


def test_the_second_reader_draws_nothing_anew(cast: Cast, reader: Person) -> None:
    first, second = cast.client(cast.loic), cast.client(cast.claire)
    for path in pages(cast)[:3]:
        first.get(path)
        parts = kept()
        second.get(path)
        assert kept() == parts, path


def test_the_pages_of_two_readers_differ_only_in_what_is_theirs(cast: Cast) -> None:
    """Two strangers to the conversation, whose frames are made equal, are shown the same."""
    one, other = person("Aa Bb", cast.workshop), person("Aa Bb ", cast.workshop)
    found = []
    for each in (one, other):
        page = cast.client(each).get(f"/conversations/{cast.in_open.pk}").content.decode()
        found.append(BY_CHANCE.sub("", page).split("<main")[1].split("</main>")[0])
    assert found[0] == found[1]


def test_a_moment_is_said_in_each_reader_s_own_zone(cast: Cast) -> None:
    late = datetime(2025, 3, 1, 23, 30, tzinfo=UTC)
    Conversation.unscoped.filter(pk=cast.in_open.pk).update(opened_at=late)
    Message.unscoped.filter(conversation=cast.in_open).update(written_at=late)
    for zone, said in (
        ("Europe/Paris", "2 Mar 2025"),
        ("America/Montreal", "1 Mar 2025"),
        ("", "2 Mar 2025"),
    ):
        Person.objects.filter(pk=cast.ines.pk).update(zone=zone)
        for path in pages(cast)[:3]:
            assert said in cast.client(cast.ines).get(path).content.decode(), (zone, path)


def test_a_part_of_a_page_asked_by_itself_is_the_part_of_the_page(cast: Cast) -> None:
    client = cast.client(cast.claire)
    for path in pages(cast)[:3]:
        whole = client.get(path).content.decode()
        part = client.get(path, headers={"Part": "live"}).content.decode().strip()
        assert part.startswith('<div id="live"')
        assert part in whole
