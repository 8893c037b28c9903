"""Anybody opens a space: a name, a sentence, done; names that are close are shown first."""

from datetime import timedelta

import pytest
from django.contrib.postgres.search import TrigramSimilarity
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from terrain.spaces.joining import is_member
from terrain.spaces.models import Openness, Space
from terrain.spaces.opening import TooManySpaces, open_space, similar
from tests.cast import Cast

FRENCH = {"Accept-Language": "fr"}


@pytest.mark.parametrize("openness", list(Openness))
def test_who_opens_a_space_is_its_first_member(cast: Cast, openness: Openness) -> None:
    space = open_space("Nuit et brouillard", "Ceux de 4 h.", openness, cast.marek)
    assert is_member(space, cast.marek)
    space.refresh_from_db()
    assert (space.member_count, space.conversation_count, space.opened_by) == (1, 0, cast.marek)


def test_five_spaces_in_seven_days_and_no_more(cast: Cast) -> None:
    for number in range(5):
        open_space(f"Espace {number}", "", Openness.OPEN, cast.marek)
    with pytest.raises(TooManySpaces):
        open_space("Un de trop", "", Openness.OPEN, cast.marek)
    assert not Space.unscoped.filter(name="Un de trop").exists()
    open_space("D’une autre personne", "", Openness.OPEN, cast.ines)

    Space.unscoped.filter(name="Espace 0").update(opened_at=timezone.now() - timedelta(days=7, minutes=1))
    open_space("Huit jours après", "", Openness.OPEN, cast.marek)


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("Vie de l’atelier", True),
        ("vie de l’atelier 2", True),
        ("Vie de latelier", True),
        ("La vie de l’atelier", True),
        ("Comptabilité", False),
    ],
)
def test_a_name_that_is_close_is_seen_to_be(cast: Cast, name: str, alike: bool) -> None:
    assert (cast.open in similar(name, cast.marek)) == alike


def test_close_is_a_likeness_of_four_tenths_and_the_closest_come_first(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in ("abcdxyzw", "abcdefxy", "abcdefgh"):
        open_space(name, "", Openness.OPEN, cast.marek)
    with django_assert_num_queries(1):
        assert [each.name for each in similar("abcdefgh", cast.ines)] == ["abcdefgh", "abcdefxy"]
    likeness = Space.unscoped.annotate(likeness=TrigramSimilarity("name", "abcdefgh")).order_by("name")
    told = dict(likeness.filter(name__startswith="abc").values_list("name", "likeness"))
    assert told["abcdxyzw"] < 0.4 <= told["abcdefxy"] < told["abcdefgh"] == 1


def test_a_secret_name_is_close_to_nothing_for_who_is_outside(cast: Cast) -> None:
    assert similar("Projet Aubepine", cast.marek) == []
    assert similar("Projet Aubépine", cast.loic) == [cast.secret]
    assert similar("Reglages de la ligne 4", cast.marek) == [cast.closed]


def test_at_most_three_close_names_are_shown(cast: Cast) -> None:
    for number in range(5):
        open_space(f"Covoiturage {number}", "", Openness.OPEN, cast.marek)
    assert len(similar("Covoiturage", cast.ines)) == 3


def test_a_space_is_opened_in_one_form(cast: Cast) -> None:
    browser = cast.client(cast.marek)
    sent = {"name": "  Vélo \t et   train ", "about": "Venir sans voiture.", "openness": "open"}
    answer = browser.post("/spaces/new", sent)
    space = Space.unscoped.get(name="Vélo et train")
    assert answer.headers["Location"] == f"/spaces/{space.pk}"
    page = browser.get(f"/spaces/{space.pk}").content.decode()
    assert "Venir sans voiture." in page
    assert "opened by Marek Nowak" in page


def test_a_close_name_is_shown_before_the_space_is_opened(cast: Cast) -> None:
    browser, sent = (
        cast.client(cast.marek),
        {"name": "Vie de l’atelier 2", "about": "Tout.", "openness": "secret"},
    )
    answer = browser.post("/spaces/new", sent, headers=FRENCH)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Un espace au nom proche existe déjà\u00a0: préférez-vous le rejoindre" in page
    assert f'href="/spaces/{cast.open.pk}"' in page
    assert 'value="Vie de l’atelier 2"' in page
    assert 'value="Tout."' in page
    assert 'value="secret" checked' in page
    assert not Space.unscoped.filter(name="Vie de l’atelier 2").exists()

    anyway = browser.post("/spaces/new", sent | {"anyway": "1"})
    assert anyway.status_code == 302
    assert Space.unscoped.get(name="Vie de l’atelier 2").openness == Openness.SECRET


@pytest.mark.parametrize(
    ("wrong", "field", "in_french", "in_english"),
    [
        ({"name": ""}, "name", "Donnez un nom à l’espace.", "Give the space a name."),
        ({"name": " \u200b "}, "name", "Donnez un nom à l’espace.", "Give the space a name."),
        ({"name": "x" * 61}, "name", "Au plus 60\u00a0caractères", "60 characters at most"),
        ({"about": "x" * 201}, "about", "Au plus 200\u00a0caractères", "200 characters at most"),
    ],
)
def test_what_is_refused_is_said_beside_the_field_in_the_reader_s_language(
    cast: Cast, wrong: dict[str, str], field: str, in_french: str, in_english: str
) -> None:
    browser, sent = (
        cast.client(cast.marek),
        {"name": "Vélo", "about": "Deux roues.", "openness": "open"} | wrong,
    )
    for language, sentence in (("fr", in_french), ("en", in_english)):
        answer = browser.post("/spaces/new", sent, headers={"Accept-Language": language})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f'aria-invalid="true" aria-describedby="{field}-error"' in page
        assert sentence in page.split(f'id="{field}-error"')[1].split("</p>")[0]
        assert f'value="{sent["about"]}"' in page
    assert not Space.unscoped.filter(opened_by=cast.marek).exists()


@pytest.mark.parametrize("openness", ["", "public", "OPEN"])
def test_there_are_three_opennesses(cast: Cast, openness: str) -> None:
    sent = {"name": "Vélo", "about": "", "openness": openness}
    assert cast.client(cast.marek).post("/spaces/new", sent).status_code == 422
    assert not Space.unscoped.filter(name="Vélo").exists()


def test_the_sixth_space_of_a_week_is_refused_in_a_sentence(cast: Cast) -> None:
    for number in range(5):
        open_space(f"{number}" * 9, "", Openness.OPEN, cast.marek)
    sent = {"name": "Un de trop", "about": "", "openness": "open"}
    for language, sentence in (
        ("fr", "Vous avez ouvert cinq espaces"),
        ("en", "You have opened five spaces"),
    ):
        answer = cast.client(cast.marek).post("/spaces/new", sent, headers={"Accept-Language": language})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_close_names_come_while_one_is_being_typed(cast: Cast) -> None:
    browser = cast.client(cast.marek)
    assert "Vie de l’atelier" in browser.get("/spaces/names", {"name": "vie de l'atelier"}).content.decode()
    for name in ("vi", "", "Projet Aubépine"):
        assert browser.get("/spaces/names", {"name": name}).content.decode().strip() == ""
