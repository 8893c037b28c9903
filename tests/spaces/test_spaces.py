"""Every space that one may know of, and nothing of the others."""

import pytest
from django.db import IntegrityError, transaction

from terrain.conversations.replying import reply
from terrain.people.models import Person
from terrain.spaces.joining import leave, let_in
from terrain.spaces.models import Space
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
    def beside(person: Person) -> tuple[str, str]:
        page = cast.client(person).get("/").content.decode()
        own = page.split('aria-labelledby="my-spaces"')[1].split("</nav>")[0]
        return own, page.split('<aside class="aside">')[1].split("</aside>")[0]

    own, to_find = beside(cast.loic)
    assert all(each.name in own for each in (cast.open, cast.closed, cast.secret))
    assert "Lively elsewhere" not in to_find
    own, to_find = beside(cast.marek)
    assert not any(each.name in own for each in (cast.open, cast.closed, cast.secret))
    assert cast.open.name in to_find
    assert cast.closed.name not in to_find


def test_who_joins_or_leaves_sees_it_beside_the_next_page(cast: Cast) -> None:
    browser, link = cast.client(cast.marek), f'<a href="/spaces/{cast.open.pk}">'

    def is_own() -> bool:
        page = browser.get("/people").content.decode()
        return link in page.split('aria-labelledby="my-spaces"')[1].split("</nav>")[0]

    assert not is_own()
    browser.post(f"/spaces/{cast.open.pk}/membership")
    assert is_own()
    browser.post(f"/spaces/{cast.open.pk}/membership?_method=DELETE")
    assert not is_own()


def test_who_is_let_into_a_space_sees_it_beside_the_next_page(cast: Cast) -> None:
    browser = cast.client(cast.marek)
    assert cast.secret.name not in browser.get("/people").content.decode()
    let_in(cast.secret, cast.marek)
    assert cast.secret.name in browser.get("/people").content.decode()
    leave(cast.secret, cast.marek)
    assert cast.secret.name not in browser.get("/people").content.decode()


def test_a_space_says_how_many_belong_to_it_in_the_right_number(cast: Cast) -> None:
    browser = cast.client(cast.marek)
    page = browser.get(f"/spaces/{cast.open.pk}", headers={"Accept-Language": "fr"}).content.decode()
    assert "4\u00a0membres" in page
    assert "Espace ouvert" in page


@pytest.mark.parametrize("wrong", [{"name": ""}, {"openness": "public"}])
def test_a_space_that_cannot_be_is_refused_by_the_database(cast: Cast, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Space.unscoped.filter(pk=cast.open.pk).update(**wrong)
