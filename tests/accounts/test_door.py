"""The door leads where one was going, on this site alone; in the demo, and nowhere else, one chooses whom to be."""

import re

import pytest
from django.test import override_settings

from terrain.accounts.links import make_link
from terrain.demo.planting import PERSONS_TO_BE
from terrain.people.models import Person
from tests.cast import Cast

ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example",
    "https:elsewhere.example",
    "javascript:alert(1)",
    "http://testserver.elsewhere.example/",
    "http://testserver@elsewhere.example/",
    "\0",
    "",
]


def test_the_door_leads_where_one_was_going(cast: Cast) -> None:
    cast.loic.set_password("quatre vaches dans le pré")
    cast.loic.save()
    browser, wanted = cast.client(), f"/conversations/{cast.in_open.pk}?around=2"
    door = browser.get(wanted).headers["Location"]
    assert door == f"/enter?next=/conversations/{cast.in_open.pk}%3Faround%3D2"
    page = browser.get(door.replace("/enter", "/enter/password")).content.decode()
    assert f'name="next" value="{wanted}"' in page
    answer = browser.post(
        "/enter/password", {"email": cast.loic.email, "password": "quatre vaches dans le pré", "next": wanted}
    )
    assert answer.headers["Location"] == wanted


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_the_door_never_leads_to_another_site(cast: Cast, elsewhere: str) -> None:
    path = f"/enter/{make_link(cast.loic)}"
    browser = cast.client()
    assert browser.post(path, {"next": elsewhere}).headers["Location"] == "/"
    assert browser.get("/enter", {"next": elsewhere}).headers["Location"] == "/", "already in"
    page = cast.client().get("/enter/password", {"next": elsewhere}).content.decode()
    assert 'name="next" value="/"' in page


def test_who_is_in_goes_straight_on(cast: Cast) -> None:
    assert cast.client(cast.loic).get("/enter?next=/people").headers["Location"] == "/people"


def test_coming_in_gives_a_cookie_of_its_own(cast: Cast) -> None:
    """A cookie that somebody put there before is worth nothing afterwards."""
    browser = cast.client(cast.ines)
    before = browser.cookies["terrain"].value
    browser.post(f"/enter/{make_link(cast.loic)}")
    cookie = browser.cookies["terrain"]
    assert cookie.value != before
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "<h1>Loïc Morvan</h1>" in browser.get("/me").content.decode()


@pytest.fixture
def somebody_of_the_demo(cast: Cast) -> Person:
    """One of those whom a visitor of the demo may be."""
    return Person.objects.create(name="Jeanne Démo", email=PERSONS_TO_BE[0][0], password="!")


def test_outside_the_demo_nobody_chooses_whom_to_be(cast: Cast, somebody_of_the_demo: Person) -> None:
    browser = cast.client()
    assert "Jeanne" not in browser.get("/enter").content.decode()
    assert browser.post(f"/enter/as/{somebody_of_the_demo.pk}").status_code == 404
    assert browser.get("/me").status_code == 302


@override_settings(DEMO=True)
def test_in_the_demo_one_chooses_among_those_who_are_offered(
    cast: Cast, somebody_of_the_demo: Person
) -> None:
    browser = cast.client()
    page = browser.get("/enter?next=/people", headers={"Accept-Language": "fr"}).content.decode()
    assert "Qui voulez-vous être" in page
    assert "Jeanne Démo" in page
    assert "Loïc" not in page
    assert browser.post(f"/enter/as/{cast.loic.pk}").status_code == 404
    assert browser.get(f"/enter/as/{somebody_of_the_demo.pk}").status_code == 405
    answer = browser.post(f"/enter/as/{somebody_of_the_demo.pk}", {"next": "/people"})
    assert answer.headers["Location"] == "/people"
    assert "<h1>Jeanne Démo</h1>" in browser.get("/me").content.decode()


@override_settings(DEMO=True)
def test_nobody_is_somebody_who_has_left(cast: Cast, somebody_of_the_demo: Person) -> None:
    Person.objects.filter(pk=somebody_of_the_demo.pk).update(left_on="2020-01-01")
    browser = cast.client()
    assert browser.post(f"/enter/as/{somebody_of_the_demo.pk}").status_code == 404
    assert not re.search(r"enter/as/\d", browser.get("/enter").content.decode())
