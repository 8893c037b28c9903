"""A page speaks its reader's language: the browser's, then the one chosen at the door, then the person's own."""

import pytest

from tests.cast import Cast

FRENCH, ENGLISH = {"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.5"}, {"Accept-Language": "en-GB"}


def speaks(answer: object) -> str:
    """The language of a page, which all of it agrees on."""
    html = answer.content.decode()  # type: ignore[attr-defined]
    language = str(answer.headers["Content-Language"])  # type: ignore[attr-defined]
    assert f'<html lang="{language}"' in html
    words = {"fr": ("Fil", "Votre adresse"), "en": ("Feed", "Your address")}[language]
    assert any(word in html for word in words)
    return language


def test_the_door_speaks_the_browser_s_language(cast: Cast) -> None:
    browser = cast.client()
    assert speaks(browser.get("/enter", headers=FRENCH)) == "fr"
    assert speaks(browser.get("/enter", headers=ENGLISH)) == "en"


@pytest.mark.parametrize("asked", ["de-DE", "", "*", "; ,;q=x"])
def test_where_the_browser_s_language_is_not_spoken_it_is_english(cast: Cast, asked: str) -> None:
    assert speaks(cast.client().get("/enter", headers={"Accept-Language": asked})) == "en"


def test_the_language_chosen_at_the_door_is_stronger_than_the_browser_s(cast: Cast) -> None:
    browser = cast.client()
    answer = browser.post("/language", {"language": "fr", "next": "/enter?next=/people"}, headers=ENGLISH)
    assert answer.headers["Location"] == "/enter?next=/people"
    assert speaks(browser.get("/enter", headers=ENGLISH)) == "fr"


def test_the_language_of_the_person_is_stronger_than_both(cast: Cast) -> None:
    browser = cast.client(cast.loic)
    browser.post("/language", {"language": "en"})
    cast.loic.language = "fr"
    cast.loic.save()
    assert speaks(browser.get("/", headers=ENGLISH)) == "fr"


@pytest.mark.parametrize("chosen", ["de", "", "fr;q=1", "../fr"])
def test_a_language_that_is_not_spoken_here_changes_nothing(cast: Cast, chosen: str) -> None:
    browser = cast.client()
    answer = browser.post("/language", {"language": chosen, "next": "/enter"})
    assert answer.status_code == 302
    assert not answer.cookies
    assert speaks(browser.get("/enter", headers=FRENCH)) == "fr"


@pytest.mark.parametrize(
    "onward", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_choosing_a_language_never_leads_to_another_site(cast: Cast, onward: str) -> None:
    answer = cast.client().post("/language", {"language": "fr", "next": onward})
    assert answer.headers["Location"] == "/"


def test_as_the_browser_means_as_the_browser(cast: Cast) -> None:
    """Also where another language had been chosen at the door."""
    browser = cast.client(cast.loic)
    browser.post("/language", {"language": "en"})
    browser.post("/settings", {"language": "", "theme": ""})
    assert speaks(browser.get("/", headers=FRENCH)) == "fr"


def test_two_readers_of_the_same_page_each_read_their_own_language(cast: Cast) -> None:
    """A card that is kept for one is not shown to the other."""
    one, other = cast.client(cast.loic), cast.client(cast.samira)
    for _ in range(2):
        assert "2 people" in one.get("/", headers=ENGLISH).content.decode()
        assert "2\u00a0personnes" in other.get("/", headers=FRENCH).content.decode()
