"""Whoever is here is found by name, trade or unit, however one writes it; and the chart counts them truly."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from terrain.people.directory import PAGE, Branch, branches, found, path_of
from terrain.people.models import Person, Unit
from terrain.people.unit import path_to_unit
from tests.cast import Cast, person


def named(words: str, unit: Unit | None = None) -> list[str]:
    """Who is found by these words."""
    return [each.name for each in found(words, unit, 1, Person(pk=0))[0]]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Loïc", ["Loïc Morvan"]),
        ("loic", ["Loïc Morvan"]),
        ("LOÏC", ["Loïc Morvan"]),
        ("inès", ["Inès Duarte"]),
        ("ines", ["Inès Duarte"]),
        ("regleur", ["Loïc Morvan"]),
        ("paie", ["Inès Duarte"]),
        ("morvan loic", ["Loïc Morvan"]),
        ("benali  atelier", ["Samira Benali"]),
        ("atelier", ["Claire Fontaine", "Loïc Morvan", "Samira Benali"]),
        ("loic paie", []),
        ("%", []),
        ("_", []),
        ("\\", []),
    ],
)
def test_somebody_is_found_by_any_of_their_words(cast: Cast, words: str, names: list[str]) -> None:
    assert named(words) == names


def test_without_words_everybody_is_there_in_the_order_of_their_names(cast: Cast) -> None:
    person("élodie Arnal")
    names = named("")
    assert sorted(names) == sorted(Person.objects.values_list("name", flat=True))
    assert names[0] == "Claire Fontaine"


def test_names_are_in_the_order_of_the_alphabet_accents_and_capitals_aside(cast: Cast) -> None:
    for name in ("Zoé Amar", "Élise Amar", "adam Amar"):
        Person.objects.create(name=name)
    assert [each.name for each in found("Amar", None, 1, Person(pk=0))[0]] == [
        "adam Amar",
        "Élise Amar",
        "Zoé Amar",
    ]
    for name in ("Zinc", "Étain", "Acier"):
        Unit.objects.create(name=name)
    names = [branch.unit.name for branch in branches()]
    assert [each for each in names if each in ("Zinc", "Étain", "Acier")] == ["Acier", "Étain", "Zinc"]


def test_who_has_left_is_not_found_and_who_leaves_tomorrow_still_is(cast: Cast) -> None:
    today = timezone.localdate()
    Person.objects.filter(pk=cast.loic.pk).update(left_on=today)
    Person.objects.filter(pk=cast.ines.pk).update(left_on=today + timedelta(days=1))
    assert named("loic") == []
    assert named("ines") == ["Inès Duarte"]


def test_a_unit_shows_its_own_people(cast: Cast) -> None:
    assert named("", cast.payroll) == ["Inès Duarte"]
    assert named("samira", cast.payroll) == []


def test_pages_follow_each_other_without_a_gap(cast: Cast) -> None:
    Person.objects.bulk_create(
        Person(name=f"Personne {number:03}", password="!") for number in range(2 * PAGE)
    )
    pages = [found("personne", None, page, Person(pk=0)) for page in (1, 2, 3)]
    assert [more for _, more in pages] == [True, False, False]
    assert [each.name for shown, _ in pages for each in shown] == [
        f"Personne {number:03}" for number in range(2 * PAGE)
    ]


def test_the_page_leads_to_the_next_one_with_the_same_words(cast: Cast) -> None:
    Person.objects.bulk_create(
        Person(name=f"Zoé & cie {number:03}", password="!") for number in range(PAGE + 1)
    )
    browser = cast.client(cast.loic)
    page = browser.get("/people", {"q": "Zoé & cie"}).content.decode()
    assert 'href="?q=Zo%C3%A9%20%26%20cie&amp;page=2"' in page
    last = browser.get("/people?q=Zo%C3%A9%20%26%20cie&page=2").content.decode()
    assert f"Zoé &amp; cie {PAGE:03}" in last
    assert "page=3" not in last


def counts(tree: Iterable[Branch]) -> dict[str, tuple[int, int]]:
    """For each unit, its own people and everybody below."""
    told = {}
    for branch in tree:
        told[branch.unit.name] = (branch.people, branch.everybody)
        told |= counts(branch.below)
    return told


def test_the_chart_counts_the_people_of_each_unit_and_of_all_below(cast: Cast) -> None:
    site = Unit.objects.create(name="Usine de Roanne")
    Unit.objects.filter(pk=cast.workshop.pk).update(parent=site)
    line = Unit.objects.create(name="Ligne 4", parent=cast.workshop)
    person("Hugo Lenoir", line)
    Person.objects.filter(pk=cast.marek.pk).update(unit=line, left_on=timezone.localdate())
    assert counts(branches()) == {
        "Paie": (1, 1),
        "Usine de Roanne": (0, 4),
        "Atelier 2": (3, 4),
        "Ligne 4": (1, 1),
    }
    assert [branch.unit.name for branch in branches()] == ["Paie", "Usine de Roanne"]


def test_the_chart_counts_whom_the_directory_shows(cast: Cast) -> None:
    Person.objects.filter(pk=cast.loic.pk).update(left_on=timezone.localdate() + timedelta(days=30))
    assert len(named("", cast.workshop)) == counts(branches())["Atelier 2"][0] == 3


def test_the_chart_is_one_question_whatever_its_size(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path_to_unit(["Siège", "Direction", "Achats", "Emballages"])
    with django_assert_num_queries(1):
        assert counts(branches())["Emballages"] == (0, 0)


def test_a_unit_knows_what_it_belongs_to(cast: Cast) -> None:
    unit = path_to_unit(["Siège", "Achats"])
    assert path_to_unit(["Siège", "Achats"]) == unit
    assert [each.name for each in path_of(unit)] == ["Siège", "Achats"]
    assert path_of(None) == []


def test_units_that_contain_each_other_do_not_go_on_for_ever(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.workshop.pk).update(parent=cast.payroll)
    Unit.objects.filter(pk=cast.payroll.pk).update(parent=cast.workshop)
    browser = cast.client(cast.loic)
    assert browser.get(f"/units/{cast.workshop.pk}").status_code == 200
    assert browser.get("/people").status_code == 200
