"""A newcomer's first month: where their colleagues are, somebody to ask, a first word to say."""

from datetime import timedelta

from django.utils import timezone

from terrain.conversations.opening import open_conversation
from terrain.hosting.arriving import first_month, put_away
from terrain.hosting.hosting import volunteer
from terrain.people.models import Person
from terrain.spaces.joining import join, let_in
from terrain.spaces.models import Openness
from terrain.spaces.opening import open_space
from tests.cast import Cast, person


def newcomer(cast: Cast) -> Person:
    return person("Manon Petit", cast.workshop, "Conditionneuse")


def home(cast: Cast, who: Person) -> str:
    return str(cast.client(who).get("/").content.decode())


def test_open_spaces_are_suggested_those_of_colleagues_first(cast: Cast) -> None:
    garden = open_space("Potager", "Qui arrose, qui récolte.", Openness.OPEN, cast.marek)
    join(garden, cast.ines)
    manon = newcomer(cast)
    found = first_month(manon)
    assert found
    assert [(each.name, each.colleagues) for each in found.spaces] == [
        ("Vie de l’atelier", 3),
        ("Potager", 0),
    ]
    page = home(cast, manon)
    assert "Welcome, Manon" in page
    assert "3 colleagues of your unit are there" in page
    assert "Réglages" not in page, "a closed space is not suggested"


def test_they_are_joined_in_one_press(cast: Cast) -> None:
    manon = newcomer(cast)
    assert f'formaction="/spaces/{cast.open.pk}/membership"' in home(cast, manon)
    cast.client(manon).post(f"/spaces/{cast.open.pk}/membership")
    found = first_month(manon)
    assert found
    assert found.spaces == []
    assert found.says_hello_in == cast.open


def test_a_first_word_is_offered_until_it_is_said(cast: Cast) -> None:
    manon = newcomer(cast)
    join(cast.open, manon)
    assert "Say hello in Vie de l’atelier" in home(cast, manon)
    open_conversation(cast.open, manon, "<p>Bonjour, c’est Manon.</p>")
    assert first_month(manon) is None


def test_somebody_to_ask_is_who_looks_after_the_space(cast: Cast) -> None:
    manon = newcomer(cast)
    assert "Ask Loïc Morvan" not in home(cast, manon)
    volunteer(cast.open, cast.loic)
    page = home(cast, manon)
    assert "Ask Loïc Morvan" in page
    assert f"/direct/new?to={cast.loic.pk}" in page


def test_nobody_is_asked_who_has_left(cast: Cast) -> None:
    volunteer(cast.open, cast.loic)
    Person.objects.filter(pk=cast.loic.pk).update(left_on=timezone.localdate() - timedelta(days=1))
    found = first_month(newcomer(cast))
    assert found
    assert found.to_ask is None


def test_after_a_month_or_when_one_knows_the_way_it_is_gone(cast: Cast) -> None:
    manon = newcomer(cast)
    assert first_month(manon)
    assert first_month(manon, timezone.now() + timedelta(days=31)) is None
    assert first_month(cast.marek) is None
    client = cast.client(manon)
    assert client.delete("/me/first-month").status_code == 302
    assert "Welcome, Manon" not in home(cast, manon)
    put_away(manon)


def test_who_has_no_unit_is_suggested_the_liveliest(cast: Cast) -> None:
    alone = person("Sans Service")
    other = open_space("Cantine", "Le menu.", Openness.OPEN, cast.marek)
    let_in(other, cast.ines)
    found = first_month(alone)
    assert found
    assert {each.colleagues for each in found.spaces} == {0}
    assert found.spaces[0].last_activity_at >= found.spaces[-1].last_activity_at
