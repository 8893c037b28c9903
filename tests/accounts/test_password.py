"""A password opens the door to who knows it, and is guessed only slowly."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from terrain.accounts.passwords import TRIES, Failure
from terrain.people.models import Person
from tests.cast import Cast

PASSWORD = "quatre vaches dans le pré"


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The cast, where Loïc has a password."""
    cast.loic.set_password(PASSWORD)
    cast.loic.save()
    return cast


def knock(client: Client, email: str, password: str, language: str = "en") -> str | None:
    """Try an address and a password: where the door leads, or None where it stays shut."""
    answer = client.post(
        "/enter/password", {"email": email, "password": password}, headers={"Accept-Language": language}
    )
    assert answer.status_code in (302, 422)
    return answer.headers.get("Location")


def test_an_address_and_its_password_open_the_door(cast: Cast) -> None:
    browser = cast.client()
    assert knock(browser, " Loic.Morvan@Rivoire.example ", PASSWORD) == "/"
    assert "<h1>Loïc Morvan</h1>" in browser.get("/me").content.decode()


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("loic.morvan@rivoire.example", PASSWORD + " "),
        ("loic.morvan@rivoire.example", PASSWORD.upper()),
        ("samira.benali@rivoire.example", PASSWORD),
        ("samira.benali@rivoire.example", "!"),
        ("nobody@rivoire.example", PASSWORD),
    ],
)
def test_what_does_not_go_together_is_said_in_the_same_words_for_all(
    cast: Cast, email: str, password: str
) -> None:
    browser = cast.client()
    for language, said in (
        ("fr", "Cette adresse et ce mot de passe"),
        ("en", "This address and this password"),
    ):
        answer = browser.post(
            "/enter/password", {"email": email, "password": password}, headers={"Accept-Language": language}
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert said in page.split('id="password-error"')[1]
        assert f'value="{email}"' in page
        assert password not in page or password == "!"
    assert browser.get("/me").status_code == 302


def test_after_ten_wrong_ones_even_the_right_one_waits_a_quarter_of_an_hour(cast: Cast) -> None:
    for number in range(TRIES):
        assert knock(cast.client(), cast.loic.email, f"essai {number}") is None
    refused = cast.client().post("/enter/password", {"email": cast.loic.email.upper(), "password": PASSWORD})
    assert "Too many wrong passwords" in refused.content.decode()
    assert knock(cast.client(), cast.ines.email, "essai") is None
    Failure.objects.update(failed_at=timezone.now() - timedelta(minutes=16))
    assert knock(cast.client(), cast.loic.email, PASSWORD) == "/"


def test_a_right_password_counts_as_no_failure(cast: Cast) -> None:
    for _ in range(TRIES + 2):
        assert knock(cast.client(), cast.loic.email, PASSWORD) == "/"
    assert not Failure.objects.exists()


def test_who_has_left_does_not_come_in(cast: Cast) -> None:
    Person.objects.filter(pk=cast.loic.pk).update(left_on=timezone.localdate())
    assert knock(cast.client(), cast.loic.email, PASSWORD) is None


@pytest.mark.parametrize(
    "password",
    ["", "court", "onze lettre", "password1234", "loic.morvan@rivoire", "Loïc Morvan!"],
)
def test_a_password_that_is_easy_to_guess_is_refused_and_the_old_one_stays(cast: Cast, password: str) -> None:
    browser = cast.client(cast.loic)
    answer = browser.post("/settings/password", {"password": password}, headers={"Accept-Language": "fr"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-describedby="password-error"' in page
    assert f'value="{password}"' not in page or not password
    assert knock(cast.client(), cast.loic.email, PASSWORD) == "/"


def test_a_new_password_replaces_the_old_one(cast: Cast) -> None:
    assert (
        cast.client(cast.loic).post("/settings/password", {"password": "cinq canards sur l’eau"}).status_code
        == 302
    )
    assert knock(cast.client(), cast.loic.email, PASSWORD) is None
    assert knock(cast.client(), cast.loic.email, "cinq canards sur l’eau") == "/"
