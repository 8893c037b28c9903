"""The menu of a space: links that lead nowhere bad, and two people who edit it at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from terrain.spaces.changes import Part
from terrain.spaces.keeping import change, last_change
from terrain.spaces.menu import Link, as_kept, is_safe, links
from terrain.spaces.merging import edit_menu, merged
from terrain.spaces.models import Change
from tests.cast import Cast

A, B, C, D = (Link(f"https://{name}.example/", name) for name in "abcd")
a_link = some.builds(Link, some.sampled_from(["/a", "/b", "/c", "/d"]), some.sampled_from("pqrs"))
a_menu = some.lists(a_link, unique=True, max_size=6)


def test_a_member_puts_links_on_top_of_the_space_and_everybody_follows_them(cast: Cast) -> None:
    sent = {"label": ["Plannings", "", "Le guide"], "address": ["/people", "", "https://guide.example/a?b=1"]}
    answer = cast.client(cast.ines).post(f"/spaces/{cast.open.pk}/menu", {**sent, "place": ["2", "3", "1"]})
    assert answer.headers["Location"] == f"/spaces/{cast.open.pk}"
    page = cast.client(cast.marek).get(f"/spaces/{cast.open.pk}").content.decode()
    assert 'href="https://guide.example/a?b=1" rel="noopener noreferrer">Le guide' in page
    assert page.index("Le guide") < page.index('href="/people">Plannings')


def test_a_menu_is_put_back_in_one_press(cast: Cast) -> None:
    change(cast.open, cast.loic, {Part.MENU: as_kept([A, B])})
    change(cast.open, cast.ines, {Part.MENU: ""})
    cast.client(cast.loic).post(f"/spaces/{cast.open.pk}/history", {"change": Change.objects.latest("pk").pk})
    cast.open.refresh_from_db()
    assert links(cast.open.menu) == [A, B]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ftp://a.example",
        "mailto:a@b.example",
        "//evil.example",
        "/\\evil.example",
        "https:",
        "https://",
        "http:///path",
        "https://a b.example",
        "https://a.example:99999999",
        "https://[",
        "guide.example",
        "#top",
        "/a\u202eb",
    ],
)
def test_an_address_that_is_not_of_the_web_is_refused_and_stays_in_the_form(cast: Cast, address: str) -> None:
    assert not is_safe(address)
    answer = cast.client(cast.ines).post(
        f"/spaces/{cast.open.pk}/menu", {"label": ["Un lien"], "address": [address], "place": ["1"]}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "begins with https://" in page
    assert 'value="Un lien"' in page
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    "address", ["/", "/spaces/4?q=é#m2", "http://wiki", "https://[::1]:8080/x", "https://a.example"]
)
def test_an_address_of_the_web_or_of_terrain_is_kept(address: str) -> None:
    assert is_safe(address)


def test_twenty_links_at_most(cast: Cast) -> None:
    many = {"label": [f"Lien {n}" for n in range(21)], "address": [f"/people/{n}" for n in range(21)]}
    answer = cast.client(cast.ines).post(f"/spaces/{cast.open.pk}/menu", many)
    assert answer.status_code == 422
    assert "twenty links at most" in answer.content.decode()
    assert "Lien 20" in answer.content.decode()


def test_two_who_edit_the_menu_at_once_are_both_kept(cast: Cast) -> None:
    change(cast.open, cast.samira, {Part.MENU: as_kept([A, B])})
    seen = last_change(cast.open, [Part.MENU])
    edit_menu(cast.open, cast.loic, [A, B, C], seen)
    together = edit_menu(cast.open, cast.ines, [D, B, A], seen)
    assert together.disputed == []
    cast.open.refresh_from_db()
    assert links(cast.open.menu) == [D, B, C, A]


def test_what_both_changed_is_there_twice_and_it_is_said(cast: Cast) -> None:
    change(cast.open, cast.samira, {Part.MENU: as_kept([A, B])})
    path, seen = f"/spaces/{cast.open.pk}/menu", last_change(cast.open, [Part.MENU])
    edit_menu(cast.open, cast.loic, [A._replace(label="le leur"), B], seen)
    browser = cast.client(cast.ines)
    sent = {"label": ["le mien", "b"], "address": [A.address, B.address], "seen": seen}
    answer = browser.post(path, sent)
    assert answer.headers["Location"] == f"{path}?both=1"
    assert "each of your versions is here" in browser.get(answer.headers["Location"]).content.decode()
    cast.open.refresh_from_db()
    assert [link.label for link in links(cast.open.menu)] == ["le leur", "le mien", "b"]


def test_what_one_takes_out_and_the_other_changes_stays() -> None:
    changed = B._replace(label="autre")
    assert merged([A, B, C], [A, C], [A, changed, C]).links == [A, changed, C]
    assert merged([A, B, C], [A, changed, C], [A, C]).disputed == [changed]


@given(base=a_menu, version=a_menu)
def test_where_only_one_has_changed_it_the_menu_is_theirs(base: list[Link], version: list[Link]) -> None:
    assert merged(base, version, base).links == version
    assert merged(base, base, version).links == version
    assert merged(base, version, version).links == version
    assert merged(base, version, base).disputed == []


@given(base=a_menu, theirs=a_menu, own=a_menu)
def test_nothing_that_somebody_wrote_is_lost(base: list[Link], theirs: list[Link], own: list[Link]) -> None:
    together = merged(base, theirs, own)
    written = {link for link in (*theirs, *own) if link not in base}
    assert written <= set(together.links)
    assert set(base) & set(theirs) & set(own) <= set(together.links)
    assert set(together.disputed) <= set(together.links)
    assert set(together.links) <= {*theirs, *own}


@given(menu=a_menu)
def test_a_menu_is_kept_as_it_was_written(menu: list[Link]) -> None:
    assert links(as_kept(menu)) == menu
