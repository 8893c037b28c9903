"""Days, dates and hours that a text leaves open, such as {jour -3} or {date 30j}, said for the day it is planted on.

The number counts working days from the day on which the conversation was opened, or calendar days with a j behind.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from terrain.demo.rhythm import Clock, working_days

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

SAYS: Mapping[str, Callable[[date], str]] = {
    "jour": lambda day: DAYS[day.weekday()],
    "day": lambda day: ENGLISH_DAYS[day.weekday()],
    "num": lambda day: str(day.day),
    "date": lambda day: f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]}",
    "mois": lambda day: MONTHS[day.month - 1],
    "month": lambda day: ENGLISH_MONTHS[day.month - 1],
    "année": lambda day: str(day.year),
    "semaine": lambda day: str(day.isocalendar().week),
}
CALENDAR = {"mois", "month", "année", "semaine"}
"""Of these the number always counts calendar days."""

_elided = re.compile(r"\b([Dd])e (?=août|avril|octobre|Aquadial)")
_open = re.compile(r"\{(\w+)(?: ([+-]?\d+)(j?))?\}")


def said(text: str, opened_on: date, written_at: datetime, clock: Clock) -> str:
    """The text with its days in words; what else stands in braces is left as it is."""

    def one(found: re.Match[str]) -> str:
        word, offset = found[1], int(found[2] or 0)
        if word == "heure":
            return _hour(written_at + timedelta(minutes=offset), clock)
        if word == "ans":
            return str(clock.day_of(written_at).year - offset)
        if word.lower() not in SAYS:
            return found[0]
        calendar = found[3] or word in CALENDAR
        day = opened_on + timedelta(days=offset) if calendar else working_days(opened_on, offset)
        words = SAYS[word.lower()](day)
        return words if word[0].islower() else words[0].upper() + words[1:]

    return _elided.sub(r"\1’", _open.sub(one, text))


def _hour(moment: datetime, clock: Clock) -> str:
    """The hour of a meeting: the next full or half one."""
    halves = int(clock.hour_of(moment) * 2) + 1
    return f"{halves // 2 % 24} h" + (" 30" if halves % 2 else "")
