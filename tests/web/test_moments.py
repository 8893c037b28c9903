"""Dates and hours as people say them, in French and in English, where they are."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from terrain.web.moments import ago, day, iso, month

NOW = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
"""A Tuesday, half past two in Paris."""


@pytest.mark.parametrize(
    ("before", "in_french", "in_english"),
    [
        (timedelta(seconds=-90), "à l’instant", "just now"),
        (timedelta(0), "à l’instant", "just now"),
        (timedelta(seconds=59), "à l’instant", "just now"),
        (timedelta(minutes=1), "il y a 1\u00a0min", "1 min ago"),
        (timedelta(minutes=59, seconds=59), "il y a 59\u00a0min", "59 min ago"),
        (timedelta(hours=1), "il y a 1\u00a0h", "1 h ago"),
        (timedelta(hours=14), "il y a 14\u00a0h", "14 h ago"),
        (timedelta(hours=15), "hier", "yesterday"),
        (timedelta(days=1), "hier", "yesterday"),
        (timedelta(days=2), "dimanche", "Sunday"),
        (timedelta(days=6), "mercredi", "Wednesday"),
        (timedelta(days=7), "17 nov.", "17 Nov"),
        (timedelta(days=207), "1er mai", "1 May"),
        (timedelta(days=400), "20 oct. 2025", "20 Oct 2025"),
    ],
)
def test_a_moment_is_said_at_the_grain_that_a_reader_wants(
    before: timedelta, in_french: str, in_english: str
) -> None:
    with translation.override("fr"):
        assert ago(NOW - before, NOW) == in_french
    with translation.override("en"):
        assert ago(NOW - before, NOW) == in_english


def test_a_future_moment_is_just_now() -> None:
    with translation.override("en"):
        assert ago(NOW + timedelta(days=3), NOW) == "just now"


def test_yesterday_is_the_reader_s_own() -> None:
    written = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    with translation.override("en"):
        assert ago(written, NOW, "Europe/Paris") == "10 h ago"
        assert ago(written, NOW, "America/New_York") == "yesterday"


def test_within_the_hour_midnight_does_not_count() -> None:
    after_midnight = datetime(2026, 11, 23, 23, 10, tzinfo=UTC)
    with translation.override("fr"):
        assert ago(after_midnight - timedelta(minutes=40), after_midnight).endswith("40\u00a0min")


def test_a_whole_date_has_its_hour_in_the_reader_s_zone() -> None:
    moment = datetime(2026, 5, 1, 12, 5, tzinfo=UTC)
    with translation.override("fr"):
        assert day(moment) == "1er mai 2026 à 14:05"
    with translation.override("en"):
        assert day(moment) == "1 May 2026 at 14:05"
        assert day(moment, "America/Montreal") == "1 May 2026 at 08:05"


def test_summer_and_winter_have_their_own_hour() -> None:
    with translation.override("en"):
        assert day(datetime(2026, 1, 15, 12, tzinfo=UTC), "Europe/Paris").endswith("13:00")
        assert day(datetime(2026, 7, 15, 12, tzinfo=UTC), "Europe/Paris").endswith("14:00")


def test_for_a_machine_a_moment_is_in_universal_time() -> None:
    paris = datetime.fromisoformat("2026-11-24T14:30:00+01:00")
    assert iso(paris) == "2026-11-24T13:30:00Z"


def test_a_month_has_its_whole_name_and_its_year_once_it_is_old() -> None:
    old = datetime(2024, 2, 9, 12, tzinfo=UTC)
    with translation.override("fr"):
        assert month(old) == "février 2024"
        assert month(timezone.now() - timedelta(days=3)).isalpha()
    with translation.override("en"):
        assert month(old) == "February 2024"
