"""Every space that one may know of, and nothing of the others."""

import pytest
from django.db import IntegrityError, transaction

from terrain.conversations.replying import reply
from terrain.spaces.models import Space
from terrain.spaces.rail import rail
from tests.cast import Cast


def test_what_each_may_know_of_read_and_belong_to(cast: Cast) -> None:
    everything, known = {cast.open, cast.closed, cast.secret}, {cast.open, cast.closed}
    for person, visible, readable, own in (
        (cast.samira, everything, everything, everything),
        (cast.claire, known, known, known),
        (cast.ines, known, {cast.open}, {cast.open}),
        (cast.marek, known, {cast.open}, set()),
    ):
        assert set(Space.visible_to(person)) == visible
        assert set(Space.readable_by(person)) == readable
        assert set(Space.of(person)) == own


def test_spaces_are_listed_the_lively_first(cast: Cast) -> None:
    reply(cast.in_open, cast.ines, "<p>Je passe voir.</p>")
    page = cast.client(cast.loic).get("/spaces").content.decode()
    main = page.split("<main")[1]
    assert main.index(cast.open.name) < main.index(cast.secret.name) < main.index(cast.closed.name)


@pytest.mark.parametrize(
    ("words", "found"),
    [("reglages", True), ("LIGNE essais", True), ("ligne 5", False), ("aubépine", False), ("%", False)],
)
def test_a_space_is_found_by_its_name_or_its_sentence(cast: Cast, words: str, found: bool) -> None:
    page = cast.client(cast.marek).get("/spaces", {"q": words}).content.decode()
    assert (cast.closed.name in page.split("<main")[1]) == found
    assert ("No space is called that." in page) == (not found)
    assert cast.secret.name not in page


def test_beside_every_page_are_one_s_own_spaces_and_open_ones_to_find(cast: Cast) -> None:
    own = rail(cast.loic)
    assert {each.name for each in own.own} == {cast.open.name, cast.closed.name, cast.secret.name}
    assert own.to_find == []
    outside = rail(cast.marek)
    assert outside.own == []
    assert [each.name for each in outside.to_find] == [cast.open.name]


def test_a_space_says_how_many_belong_to_it_in_the_right_number(cast: Cast) -> None:
    browser = cast.client(cast.marek)
    page = browser.get(f"/spaces/{cast.open.pk}", headers={"Accept-Language": "fr"}).content.decode()
    assert "4\u00a0membres" in page
    assert "Espace ouvert" in page


@pytest.mark.parametrize("wrong", [{"name": ""}, {"openness": "public"}])
def test_a_space_that_cannot_be_is_refused_by_the_database(cast: Cast, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Space.unscoped.filter(pk=cast.open.pk).update(**wrong)
