"""Who sits at this browser is found by one question, and only as long as they are here."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from terrain.people.models import Person, Session
from terrain.people.organisation import rename
from terrain.people.sessions import find, find_all, forget_expired
from tests.cast import Cast


def key(client: Client) -> str:
    """The cookie of a browser."""
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def is_in(client: Client) -> bool:
    """Whether this browser is let in."""
    answer = client.get("/me")
    assert answer.status_code in (200, 302)
    return answer.status_code == 200


def test_one_question_finds_session_person_and_organisation(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rename("Ateliers Rivoire")
    cookie = key(cast.client(cast.loic))
    with django_assert_num_queries(1):
        found = find(cookie)
        assert found
        assert found.person == cast.loic
        assert (found.person.name, found.person.title) == ("Loïc Morvan", "Régleur")
        assert found.organisation.name == "Ateliers Rivoire"
        assert found.organisation.epoch > 0


def test_one_question_finds_many_sessions(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    keys = {key(cast.client(each)): each for each in (cast.loic, cast.samira, cast.ines)}
    with django_assert_num_queries(1):
        found = find_all([*keys, "no-such-session", "\0"])
    assert {cookie: each.person for cookie, each in found.items()} == keys


@pytest.mark.parametrize("cookie", ["", "no-such-session", "\0", "x" * 5000, "é"])
def test_a_cookie_of_nobody_s_leads_to_the_door(cast: Cast, cookie: str) -> None:
    assert find(cookie) is None
    client = cast.client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie.replace("\0", "%00")
    answer = client.get("/people?q=loic")
    assert answer.headers["Location"] == "/enter?next=/people%3Fq%3Dloic"


def test_a_session_that_has_ended_lets_nobody_in(cast: Cast) -> None:
    client = cast.client(cast.loic)
    assert is_in(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_in(client)


def test_who_has_left_is_out_everywhere_at_once(cast: Cast) -> None:
    clients = [cast.client(cast.loic), cast.client(cast.loic)]
    cast.loic.left_on = timezone.localdate()
    cast.loic.save()
    assert [is_in(client) for client in clients] == [False, False]


def test_who_leaves_tomorrow_is_still_in(cast: Cast) -> None:
    client = cast.client(cast.loic)
    Person.objects.filter(pk=cast.loic.pk).update(left_on=timezone.localdate() + timedelta(days=1))
    assert is_in(client)


def test_a_new_password_signs_out_every_other_browser(cast: Cast) -> None:
    here, elsewhere, other_person = cast.client(cast.loic), cast.client(cast.loic), cast.client(cast.samira)
    answer = here.post("/settings/password", {"password": "quatre vaches dans le pré"})
    assert answer.headers["Location"] == "/settings"
    assert is_in(here)
    assert not is_in(elsewhere)
    assert is_in(other_person)


def test_going_out_ends_the_session(cast: Cast) -> None:
    client = cast.client(cast.loic)
    kept = key(client)
    assert client.post("/leave").headers["Location"] == "/enter"
    assert find(kept) is None
    assert not is_in(client)


def test_the_record_of_a_session_names_its_person(cast: Cast) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store["seen"] = True
    store.create()
    assert Session.objects.get(session_key=store.session_key).person is None
    assert find(store.session_key).person is None  # type: ignore[union-attr]


def test_ended_sessions_are_swept_and_open_ones_stay(cast: Cast) -> None:
    ended, still_open = cast.client(cast.samira), cast.client(cast.loic)
    Session.objects.filter(session_key=key(ended)).update(expire_date=timezone.now() - timedelta(days=2))
    assert forget_expired(timedelta(days=3)) == 0
    assert forget_expired() == 1
    assert is_in(still_open)
