"""What the database holds true of a person, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from terrain.people.models import Organisation, Person, Unit
from terrain.people.organisation import every_page_changes, organisation, rename
from tests.cast import Cast


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"email": "Loic@Rivoire.example"},
        {"email": "samira.benali@rivoire.example"},
        {"language": "de"},
        {"theme": "pink"},
    ],
    ids=lambda wrong: next(iter(wrong)) + " " + next(iter(wrong.values())),
)
def test_a_person_who_cannot_be_is_refused_by_the_database(cast: Cast, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=cast.loic.pk).update(**wrong)


def test_nobody_manages_themself(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=cast.loic.pk).update(manager=cast.loic)


def test_several_people_may_have_no_address(cast: Cast) -> None:
    for name in ("Aya", "Bruno"):
        Person.objects.create(name=name, password="!")
    assert Person.objects.filter(email=None).count() == 2


@pytest.mark.parametrize("parent", [None, "Siège"])
def test_two_units_side_by_side_do_not_bear_the_same_name(cast: Cast, parent: str | None) -> None:
    above = Unit.objects.create(name=parent) if parent else None
    Unit.objects.create(name="Achats", parent=above)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(name="Achats", parent=above)


def test_there_is_one_organisation_and_its_name_is_everywhere(cast: Cast) -> None:
    rename("Coopérative Élan")
    assert organisation().name == "Coopérative Élan"
    assert "· Coopérative Élan</title>" in cast.client(cast.loic).get("/").content.decode()
    assert "<h1>Coopérative Élan</h1>" in cast.client().get("/enter").content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(id=2, name="Une autre")


def test_before_anybody_names_it_the_organisation_has_the_product_s_name(db: None) -> None:
    assert organisation().name == "Terrain"


def test_a_name_that_changes_is_drawn_anew_everywhere(cast: Cast) -> None:
    browser = cast.client(cast.samira)
    assert "Loïc Morvan" in browser.get("/").content.decode()
    Person.objects.filter(pk=cast.loic.pk).update(name="Loïc Le Goff")
    every_page_changes()
    page = browser.get("/").content.decode()
    assert "Loïc Le Goff" in page
    assert "Loïc Morvan" not in page
