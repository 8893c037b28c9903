"""One's contributions: made of what one may show, opened by nobody else, shared by an address that can be closed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from terrain.hosting.hosting import volunteer
from terrain.outcomes.outcome import conclude, reopen
from terrain.thanks.contributing import Sharing, contributions, last_year, share
from terrain.thanks.thanking import hide, thank
from tests.cast import Cast
from tests.house.addresses import addresses

OUTCOME = "La sonde est changée, la ligne tourne."
HIDDEN = "Le repreneur a dit oui jeudi soir."


@pytest.fixture
def made(cast: Cast) -> Cast:
    """Samira opened what came to something, was thanked, and looks after a space; some of it in secret."""
    conclude(cast.in_open, cast.samira, OUTCOME)
    conclude(cast.in_secret, cast.samira, HIDDEN)
    thank(cast.ines, cast.samira, "Pour avoir vu la panne.", cast.first(cast.in_open))
    thank(cast.claire, cast.samira, "Entre nous, bravo.", is_private=True)
    hide(thank(cast.marek, cast.samira, "Pour la visite guidée."))
    volunteer(cast.open, cast.samira)
    volunteer(cast.secret, cast.samira)
    return cast


def test_it_holds_outcomes_public_thanks_and_spaces_looked_after(made: Cast) -> None:
    page = made.client(made.samira).get("/contributions").content.decode()
    for each in (OUTCOME, HIDDEN, "Pour avoir vu la panne.", made.open.name, made.secret.name):
        assert each in page
    assert "Entre nous, bravo." not in page
    assert "Pour la visite guidée." not in page


def test_nobody_else_opens_or_makes_it(made: Cast) -> None:
    for other in (made.claire, made.loic):
        page = made.client(other).get("/contributions").content.decode()
        assert OUTCOME not in page.partition("<main")[2]
        for tried in (f"/contributions/{made.samira.pk}", f"/people/{made.samira.pk}/contributions"):
            assert made.client(other).get(tried).status_code == 404
        forged = {"since": "2020-01-01", "until": "2030-01-01", "person": made.samira.pk}
        assert made.client(other).post("/contributions", forged).status_code == 302
    assert not Sharing.objects.filter(person=made.samira).exists()
    named = [each.path for each in addresses() if "contribution" in each.path]
    assert sorted(named) == ["contributions", "contributions/<str:token>"]


def test_an_address_shows_colleagues_what_they_may_read_anyway_until_it_is_closed(made: Cast) -> None:
    today = timezone.localdate().isoformat()
    browser = made.client(made.samira)
    browser.post("/contributions", {"since": today, "until": today})
    path = f"/contributions/{Sharing.objects.get().token}"
    assert path in browser.get("/contributions").content.decode()
    page = made.client(made.ines).get(path).content.decode()
    assert OUTCOME in page
    assert "Pour avoir vu la panne." in page
    for hidden in (HIDDEN, made.in_secret.title, made.secret.name, "Entre nous, bravo."):
        assert hidden not in page
    assert HIDDEN in made.client(made.loic).get(path).content.decode()
    assert made.client().get(path).status_code == 302
    assert made.client(made.ines).delete(path).status_code == 404
    assert browser.delete(path).status_code == 302
    assert made.client(made.ines).get(path).status_code == 404


def test_only_the_chosen_days_are_in_it(made: Cast) -> None:
    since, until = last_year()
    shown = contributions(made.samira, made.samira, since, until)
    assert {mark.words for mark in shown.marks} == {OUTCOME, HIDDEN}
    before = contributions(made.samira, made.samira, since - timedelta(days=900), since)
    assert not before.marks
    assert not before.thanks
    today = timezone.localdate()
    assert len(contributions(made.samira, made.samira, today, today).marks) == 2


def test_what_was_taken_up_again_is_no_outcome(made: Cast) -> None:
    reopen(made.in_open, made.loic)
    assert OUTCOME not in made.client(made.samira).get("/contributions").content.decode()


def test_days_that_make_no_sense_are_refused_with_a_sentence(made: Cast) -> None:
    browser = made.client(made.samira)
    for days, said in (
        ({"since": "2026-02-01", "until": "2026-01-01"}, "The last day comes before the first."),
        ({"since": "soon", "until": "2026-01-01"}, "From which day?"),
    ):
        for answer in (browser.get("/contributions", days), browser.post("/contributions", days)):
            assert answer.status_code == 422
            assert said in answer.content.decode()
    assert share(made.samira, *last_year()) == share(made.samira, *last_year())


def test_what_came_of_it_shows_on_the_page_of_who_opened_it(made: Cast) -> None:
    path = f"/people/{made.samira.pk}"
    assert OUTCOME in made.client(made.marek).get(path).content.decode()
    assert HIDDEN not in made.client(made.marek).get(path).content.decode()
    assert HIDDEN in made.client(made.loic).get(path).content.decode()
