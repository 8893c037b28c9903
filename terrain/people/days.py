"""Working days: what is promised in them is counted without week-ends and public holidays."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings

SATURDAY = 5


def is_week_end(day: date) -> bool:
    """Whether it is a Saturday or a Sunday."""
    return day.weekday() >= SATURDAY


def is_holiday(day: date) -> bool:
    """Whether it is one of the public holidays of TERRAIN_HOLIDAYS."""
    return day in _holidays(settings.HOLIDAYS, day.year)


def is_worked(day: date) -> bool:
    """Whether work goes on here that day: not at week-ends, nor on public holidays."""
    return not (is_week_end(day) or is_holiday(day))


def working_days_after(moment: datetime, days: int) -> datetime:
    """The moment so many working days later, at the same hour in the organisation's zone.

    What begins on a day without work begins on the next one that has some, at its first hour.
    """
    here = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    if not is_worked(here.date()):
        here = here.replace(hour=0, minute=0, second=0, microsecond=0)
        while not is_worked(here.date()):
            here += timedelta(days=1)
    for _ in range(days):
        here += timedelta(days=1)
        while not is_worked(here.date()):
            here += timedelta(days=1)
    return here.astimezone(moment.tzinfo)


@lru_cache(maxsize=64)
def _holidays(calendar: str, year: int) -> frozenset[date]:
    country, _, region = calendar.partition("-")
    return (
        frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
        if country
        else frozenset()
    )
