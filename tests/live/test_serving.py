"""The live process, from outside: who gets a stream, what stands on it, and how it begins, breaks and ends."""

import json
import signal
from contextlib import ExitStack
from datetime import date

import pytest
from django.conf import settings
from django.db import connection

from terrain.conversations.replying import reply
from terrain.people.models import Session
from tests.cast import Cast
from tests.config.installation import eventually
from tests.live.pages import Live, Page, live_process, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def cookie(session: str) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={session}"


def notify(*payloads: dict[str, object]) -> None:
    """Say this through PostgreSQL, in one transaction, as the listeners do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_notify('terrain', said) from unnest(%s::text[]) said", [[*map(json.dumps, payloads)]]
        )


def listeners() -> list[int]:
    """PostgreSQL's processes that serve a live process's ears, in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pid from pg_stat_activity where datname = current_database() and query ilike 'listen%'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def test_it_says_that_it_is_well(live: Live) -> None:
    status, _, body = live.get("/health")
    assert (status, body) == (200, b"ok")


@pytest.mark.parametrize("path", ["/", "/lives", "/live/", "/health/"])
def test_there_is_nothing_else(live: Live, path: str) -> None:
    assert live.get(path)[0] == 404


@pytest.mark.parametrize(
    "sent", ["", "terrain=", "terrain=unknown", 'terrain="\\000"', "terrain=é", "other=x"]
)
def test_without_a_session_there_is_no_stream_and_the_browser_does_not_come_back(
    live: Live, sent: str
) -> None:
    assert live.get("/live", Cookie=sent)[0] == 204


def test_a_session_that_is_over_gets_no_stream(live: Live, cast: Cast) -> None:
    session = sign_in(cast.loic)
    Session.objects.filter(pk=session).update(expire_date="2001-01-01T00:00Z")
    assert live.get("/live", Cookie=cookie(session))[0] == 204


def test_who_has_left_gets_no_stream(live: Live, cast: Cast) -> None:
    session = sign_in(cast.loic)
    cast.loic.left_on = date(2020, 1, 1)
    cast.loic.save()
    assert live.get("/live", Cookie=cookie(session))[0] == 204


def test_a_password_changed_elsewhere_ends_the_session(live: Live, cast: Cast) -> None:
    session = sign_in(cast.loic)
    cast.loic.set_password("autre chose, et long")
    cast.loic.save()
    assert live.get("/live", Cookie=cookie(session))[0] == 204


def test_nobody_keeps_or_gathers_what_is_told_and_pages_come_back_each_at_its_own_moment(
    live: Live, cast: Cast
) -> None:
    with ExitStack() as opened:
        pages = [opened.enter_context(live.page_of(cast.loic)) for _ in range(6)]
        answer = pages[0].answer
        assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Accel-Buffering"] == "no"
        waits = {page.comes_back for page in pages}
    assert all(2000 <= wait <= 6000 for wait in waits)
    assert len(waits) > 1


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("intranet.example:8001", "http://intranet.example:8000"),
        ("intranet.example", "https://intranet.example"),
        ("[::1]:8001", "http://[::1]:8000"),
    ],
)
def test_a_page_of_this_terrain_may_read_the_answer(live: Live, host: str, origin: str) -> None:
    _, headers, _ = live.get("/live", Host=host, Origin=origin)
    assert headers["access-control-allow-origin"] == origin
    assert headers["access-control-allow-credentials"] == "true"


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("intranet.example:8001", "http://elsewhere.example"),
        ("intranet.example:8001", "http://intranet.example.elsewhere.example"),
        ("intranet.example:8001", "http://intranet.example@elsewhere.example"),
        ("intranet.example:8001", "null"),
        ("intranet.example:8001", "http://["),
        ("", "null"),
    ],
)
def test_a_page_from_elsewhere_may_not(live: Live, host: str, origin: str) -> None:
    _, headers, _ = live.get("/live", Host=host, Origin=origin)
    assert "access-control-allow-origin" not in headers
    assert "access-control-allow-credentials" not in headers


def test_a_stream_may_be_read_by_its_own_page_alone(live: Live, cast: Cast) -> None:
    session = sign_in(cast.loic)
    for origin, allowed in (
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://evil.example", None),
    ):
        with Page(live.port, {"Cookie": cookie(session), "Origin": origin}) as page:
            assert page.answer.headers["Access-Control-Allow-Origin"] == allowed


def test_only_numbers_are_told(live: Live, cast: Cast) -> None:
    with live.page_of(cast.loic) as page:
        reply(cast.in_secret, cast.samira, "<p>Un secret.</p>")
        told = []
        while not told or told[-1][1].get("conversation") != cast.in_secret.pk:
            event = page.next()
            assert event
            told.append(event)
    assert all(set(data) <= {"conversation", "space"} for _, data in told)
    assert all(isinstance(value, int) for _, data in told for value in data.values())


def test_more_changes_than_a_page_would_follow_are_told_in_one_word(live: Live, cast: Cast) -> None:
    with live.page_of(cast.marek) as page:
        last = {"conversation": 9999, "space": cast.open.pk}
        notify(*({"conversation": 1000 + n, "space": cast.open.pk, "open": True} for n in range(500)))
        page.until(("catch-up", {}))
        notify(last | {"open": True})
        # PostgreSQL may hand so many over in several parts, and each part is a round.
        assert len(page.until(("changed", last))) <= 60


def test_what_it_does_not_understand_upsets_nobody(live: Live, cast: Cast) -> None:
    with live.page_of(cast.loic) as page:
        notify({"something": "new"}, {"conversation": 9998, "space": cast.open.pk, "open": True})
        while page.next() != ("changed", {"conversation": 9998, "space": cast.open.pk}):
            pass


def test_when_the_database_hangs_up_streams_go_on_and_catch_up(cast: Cast) -> None:
    with live_process() as live, live.page_of(cast.claire) as page:
        eventually(listeners)
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid != pg_backend_pid()"
            )
        page.until(("catch-up", {}))
        reply(cast.in_closed, cast.loic, "<p>De retour.</p>")
        assert page.next() == ("changed", {"conversation": cast.in_closed.pk, "space": cast.closed.pk})
        with live.page_of(cast.loic):
            pass


def test_what_was_joined_or_left_while_the_database_was_away_counts_after(cast: Cast) -> None:
    from terrain.spaces.models import Membership  # told to nobody: as if it was missed

    with live_process() as live, live.page_of(cast.ines) as came, live.page_of(cast.claire) as left:
        eventually(listeners)
        Membership.objects.create(space=cast.closed, person=cast.ines)
        Membership.objects.filter(space=cast.closed, person=cast.claire).delete()
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(pid) from unnest(%s::int[]) pid", [listeners()])
        for page in (came, left):
            page.until(("catch-up", {}))
        reply(cast.in_closed, cast.loic, "<p>Qui est là ?</p>")
        assert came.next() == ("changed", {"conversation": cast.in_closed.pk, "space": cast.closed.pk})
        notify({"conversation": 9997, "space": cast.open.pk, "open": True})
        assert left.next() == ("changed", {"conversation": 9997, "space": cast.open.pk})


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_its_streams_and_says_nothing(cast: Cast, told: signal.Signals) -> None:
    with live_process() as live, ExitStack() as opened:
        pages = [opened.enter_context(live.page_of(cast.loic)) for _ in range(30)]
        live.process.send_signal(told)
        for page in pages:
            while page.next():
                pass
        # Had a stream been left open, uvicorn would have complained of it after two seconds.
        assert live.process.communicate(timeout=20)[1] == ""
