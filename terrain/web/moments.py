"""Dates and hours as people say them: "12 min ago", "yesterday", "3 Nov.", in their language and time zone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

ZONES = (
    *("Europe/Paris", "Europe/London", "Europe/Lisbon", "Europe/Madrid", "Europe/Brussels", "Europe/Zurich"),
    *("Europe/Berlin", "Europe/Rome", "Europe/Vienna", "Europe/Prague", "Europe/Warsaw", "Europe/Athens"),
    *("Europe/Bucharest", "Europe/Helsinki", "Europe/Kyiv", "Europe/Istanbul", "Africa/Casablanca"),
    *("Africa/Algiers", "Africa/Tunis", "Africa/Dakar", "Africa/Abidjan", "Africa/Lagos", "Africa/Cairo"),
    *("Africa/Johannesburg", "America/Montreal", "America/Toronto", "America/Chicago", "America/Denver"),
    *(
        "America/Los_Angeles",
        "America/Mexico_City",
        "America/Bogota",
        "America/Sao_Paulo",
        "America/Martinique",
    ),
    *("America/Cayenne", "Indian/Reunion", "Indian/Antananarivo", "Pacific/Noumea", "Asia/Dubai"),
    *("Asia/Kolkata", "Asia/Bangkok", "Asia/Shanghai", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney"),
)
"""The time zones that one chooses from."""


def zones() -> list[tuple[str, str]]:
    """The time zones that one chooses from, each with its place in the language spoken now."""
    language = translation.get_language() or "en"
    return sorted(
        ((name, get_timezone_location(ZoneInfo(name), locale=language, return_city=True)) for name in ZONES),
        key=lambda zone: zone[1],
    )


def hour_at(zone_name: str, now: datetime | None = None) -> str:
    """What time it is there: "14:05"."""
    there = (now or timezone.now()).astimezone(zone(zone_name))
    return format_time(there, "short", locale=_british(translation.get_language() or "en"))


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The time zone of this name, the organisation's where there is none."""
    return ZoneInfo(name or settings.TIME_ZONE)


def iso(moment: datetime) -> str:
    """A moment for a machine: `2026-11-24T13:55:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ago(moment: datetime, now: datetime | None = None, zone_name: str = "") -> str:
    """How long ago, at the grain that a reader wants: minutes, hours, a day's name within the week, then a date.

    A moment in the future (a clock that is late) is said as "just now".
    """
    return since(now or timezone.now(), zone_name)(moment.timestamp())


def since(now: datetime, zone_name: str = "") -> Callable[[float], str]:
    """Says how long before `now` a moment was (seconds since 1970), in the language spoken now: for many at once."""
    language, here = translation.get_language() or "en", zone(zone_name)
    instant, today = now.timestamp(), now.astimezone(here).date()

    def say(moment: float) -> str:
        minutes = int((instant - moment) // 60)
        if minutes < 60:
            return _minutes(max(minutes, 0), language)
        that_day = datetime.fromtimestamp(moment, here).date()
        if that_day == today:
            return _hours(minutes // 60, language)
        return _day(that_day, (today - that_day).days, today.year, language)

    return say


@lru_cache(maxsize=256)
def _minutes(minutes: int, language: str) -> str:
    if minutes == 0:
        return gettext("just now")
    return ngettext("%(n)s min ago", "%(n)s min ago", minutes) % {"n": minutes}


@lru_cache(maxsize=64)
def _hours(hours: int, language: str) -> str:
    return ngettext("%(n)s h ago", "%(n)s h ago", hours) % {"n": hours}


@lru_cache(maxsize=4096)
def _day(that_day: date, days: int, this_year: int, language: str) -> str:
    if days == 1:
        return gettext("yesterday")
    if days < 7:
        return format_date(that_day, "EEEE", locale=language)
    skeleton = "MMMd" if that_day.year == this_year else "yMMMd"
    return _first(format_skeleton(skeleton, that_day, locale=_british(language)), language)


def day(moment: datetime, zone_name: str = "") -> str:
    """A whole date with its hour: "3 November 2026 at 14:05"."""
    here, language = moment.astimezone(zone(zone_name)), translation.get_language() or "en"
    return gettext("%(day)s at %(hour)s") % {
        "day": _first(format_date(here, "long", locale=_british(language)), language),
        "hour": format_time(here, "short", locale=_british(language)),
    }


def on(that_day: date) -> str:
    """A whole date: "3 November 2026"."""
    language = translation.get_language() or "en"
    return _first(format_date(that_day, "long", locale=_british(language)), language)


def hour(moment: datetime, zone_name: str = "") -> str:
    """The hour: "14:05"."""
    language = translation.get_language() or "en"
    return format_time(moment.astimezone(zone(zone_name)), "short", locale=_british(language))


def month(moment: datetime) -> str:
    """The month, with its year where it is not of late: "mars", "March 2025"."""
    pattern = "MMMM" if timezone.now() - moment < timedelta(days=300) else "MMMM y"
    return format_date(moment, pattern, locale=_british(translation.get_language() or "en"))


def _first(date_said: str, language: str) -> str:
    """French says the first of a month as an ordinal: "1er mai"."""
    return f"1er{date_said[1:]}" if language == "fr" and date_said.startswith("1 ") else date_said


def _british(language: str) -> str:
    """English dates the day-first way, as colleagues in France and in England both read them."""
    return "en_GB" if language == "en" else language
