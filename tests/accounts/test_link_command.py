"""`terrain link`: a way in that no setting can close."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from django.test import override_settings
from django.utils import timezone

from terrain.accounts.commands import link
from terrain.accounts.links import SignInLink
from terrain.people.models import Person
from tests.cast import Cast


def test_it_prints_a_link_that_works_for_a_day(cast: Cast) -> None:
    result = CliRunner().invoke(link, [" Loic.Morvan@rivoire.example"])
    assert result.exit_code == 0
    (printed,) = result.output.splitlines()
    lasts = SignInLink.objects.get().ends_at - timezone.now()
    assert timedelta(hours=23, minutes=59) < lasts <= timedelta(days=1)
    browser = cast.client()
    assert browser.post(urlsplit(printed).path).headers["Location"] == "/"
    assert "<h1>Loïc Morvan</h1>" in browser.get("/me").content.decode()


@override_settings(SITE_URL="https://intranet.example")
def test_the_link_starts_with_the_address_that_is_set(cast: Cast) -> None:
    result = CliRunner().invoke(link, [cast.loic.email])
    assert result.output.startswith("https://intranet.example/enter/")


@pytest.mark.parametrize("email", ["nobody@rivoire.example", "", "loic"])
def test_nobody_is_let_in_who_is_not_here(cast: Cast, email: str) -> None:
    result = CliRunner().invoke(link, [email])
    assert result.exit_code == 1
    assert f"nobody here has the address {email}" in result.output


def test_who_has_left_is_not_let_back_in(cast: Cast) -> None:
    Person.objects.filter(pk=cast.loic.pk).update(left_on=timezone.localdate())
    assert CliRunner().invoke(link, [cast.loic.email]).exit_code == 1
    assert not SignInLink.objects.exists()
