"""Dates and hours as people say them, in both languages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from terrain.web import moments

NOW = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
"""A Tuesday, half past two in Paris."""


def plain(text: str) -> str:
    """The text with every space as a plain one: which space it is, the rules for words hold."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("moment", "french", "english"),
    [
        ("2026-11-24T13:29:30Z", "à l’instant", "just now"),
        ("2026-11-24T13:31Z", "à l’instant", "just now"),
        ("2026-11-24T13:29Z", "il y a 1 min", "1 min ago"),
        ("2026-11-24T12:31Z", "il y a 59 min", "59 min ago"),
        ("2026-11-24T12:30Z", "il y a 1 h", "1 h ago"),
        ("2026-11-23T23:00Z", "il y a 14 h", "14 h ago"),
        ("2026-11-23T22:59Z", "hier", "yesterday"),
        ("2026-11-22T12:00Z", "dimanche", "Sunday"),
        ("2026-11-18T12:00Z", "mercredi", "Wednesday"),
        ("2026-11-17T12:00Z", "17 nov.", "17 Nov"),
        ("2026-11-01T12:00Z", "1er nov.", "1 Nov"),
        ("2025-05-01T12:00Z", "1er mai 2025", "1 May 2025"),
        ("2025-12-31T23:30Z", "1er janv.", "1 Jan"),
    ],
)
def test_how_long_ago(moment: str, french: str, english: str) -> None:
    for language, said in (("fr", french), ("en", english)):
        with translation.override(language):
            assert plain(moments.ago(datetime.fromisoformat(moment), NOW, "Europe/Paris")) == said


@pytest.mark.parametrize(
    ("moment", "zone", "french", "english"),
    [
        ("2026-11-03T13:05:44Z", "Europe/Paris", "3 novembre 2026 à 14:05", "3 November 2026 at 14:05"),
        ("2026-05-31T23:30Z", "Europe/Paris", "1er juin 2026 à 01:30", "1 June 2026 at 01:30"),
        ("2026-11-03T13:05Z", "America/New_York", "3 novembre 2026 à 08:05", "3 November 2026 at 08:05"),
    ],
)
def test_a_whole_date_has_its_hour_where_its_reader_is(
    moment: str, zone: str, french: str, english: str
) -> None:
    for language, said in (("fr", french), ("en", english)):
        with translation.override(language):
            assert plain(moments.day(datetime.fromisoformat(moment), zone)) == said


def test_a_month_has_its_whole_name_and_its_year_once_it_is_old() -> None:
    of_late, old = timezone.now() - timedelta(days=3), datetime(2024, 2, 9, 12, tzinfo=UTC)
    with translation.override("fr"):
        assert moments.month(old) == "février 2024"
        assert moments.month(of_late).isalpha()
    with translation.override("en"):
        assert moments.month(old) == "February 2024"
