"""Who is in the demo company."""

from collections import Counter

import pytest

from terrain.demo.making import Made
from terrain.demo.people import address


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Loïc Darmon", "loic.darmon@x.example"),
        ("Noé Le Goff", "noe.le-goff@x.example"),
        ("Thi Mai Nguyen", "thi-mai.nguyen@x.example"),
        ("Jean-Marc Ollier", "jean-marc.ollier@x.example"),
        ("Łukasz Żak", "lukasz.zak@x.example"),
        ("Awa N’Diaye", "awa.ndiaye@x.example"),
    ],
)
def test_an_address_is_first_name_and_family_name_without_accents(name: str, expected: str) -> None:
    assert address(name, "x.example") == expected


def test_about_240_people_in_20_units(made: Made) -> None:
    assert 230 <= len(made.people) <= 250
    assert len(made.company.units) == 20
    assert {somebody.unit for somebody in made.people} == {unit.name for unit in made.company.units}


def test_everybody_has_a_name_and_an_address_of_their_own(made: Made) -> None:
    assert len({somebody.name for somebody in made.people}) == len(made.people)
    assert len({somebody.email for somebody in made.people}) == len(made.people)
    assert all(somebody.email.isascii() and somebody.email.islower() for somebody in made.people)


def test_no_first_name_and_no_family_name_is_everywhere(made: Made) -> None:
    first = Counter(somebody.first_name for somebody in made.people)
    last = Counter(somebody.name.split()[-1] for somebody in made.people)
    assert max(first.values()) <= 6
    assert max(last.values()) <= 4


def test_one_person_has_no_manager_and_everybody_else_ends_up_with_them(made: Made) -> None:
    at_the_top = [somebody for somebody in made.people if somebody.manager is None]
    assert [somebody.name for somebody in at_the_top] == ["Florence Delmas"]
    for somebody in made.people:
        above, steps = somebody, 0
        while above.manager is not None:
            above, steps = above.manager, steps + 1
            assert steps < 10, f"{somebody.name} has a cycle above"
        assert above is at_the_top[0]


def test_nobody_writes_before_they_came_or_after_they_left(made: Made) -> None:
    for talk in made.talks:
        for said in talk.said:
            assert said.author.is_here(said.at), (said.author.name, talk.title)
