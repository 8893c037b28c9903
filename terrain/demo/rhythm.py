"""When people write: their shifts, the week, the holidays and how a habit grows; never later than now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

WEEK = (1.05, 1.1, 1.05, 1.0, 0.85, 0.1, 0.06)
"""How much is begun on each day of the week, Monday first."""

SHIFTS = {"morning": (5, 13), "afternoon": (13, 21), "night": (21, 29), "day": (8, 17.5)}
"""From when to when each shift works, in hours of the day on which it begins."""

PEAKS = {
    "morning": (0.2, 4.7, 7.7),
    "afternoon": (0.3, 4.0, 7.5),
    "night": (0.5, 4.2, 7.6),
    "day": (1.2, 3.0, 5.6, 7.8),
}
"""When in their shift people write: as it begins, at the break, as it ends (hours since its beginning)."""


@dataclass(frozen=True)
class Clock:
    """The moment of planting, and the time zone in which the company lives."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The day that it is for the company."""
        return self.now.astimezone(self.zone).date()

    def at(self, day: date, hours: float) -> datetime:
        """So many hours after midnight of a day; 29 is five o'clock of the next one."""
        later, rest = divmod(hours, 24)
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone) + timedelta(days=int(later))
        hour, minutes = divmod(round(rest * 60), 60)
        return midnight.replace(hour=min(int(hour), 23), minute=int(minutes))

    def day_of(self, moment: datetime) -> date:
        """The company's day of a moment."""
        return moment.astimezone(self.zone).date()

    def hour_of(self, moment: datetime) -> float:
        """The company's hour of a moment, with its minutes."""
        here = moment.astimezone(self.zone)
        return here.hour + here.minute / 60

    def days_ago(self, days: int) -> date:
        """The day that was so many days ago."""
        return self.today - timedelta(days=days)


def working_days(day: date, offset: int) -> date:
    """The day that comes so many working days after (or before) this one."""
    step = timedelta(days=1 if offset > 0 else -1)
    for _ in range(abs(offset)):
        day += step
        while day.weekday() > 4:
            day += step
    return day


def season(day: date) -> float:
    """How much of the company is at work: 1 on an ordinary day, little on holidays and in August."""
    if day in public_holidays(day.year):
        return 0.08
    if (day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 2):
        return 0.22
    if day.month == 8:
        return 0.16 if 8 <= day.day <= 23 else 0.5
    return 0.85 if day.month == 7 else 1.0


@lru_cache(maxsize=8)
def public_holidays(year: int) -> frozenset[date]:
    """France's public holidays; those that move follow Easter (Meeus, Jones and Butcher's reckoning)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    easter = date(year, f // 31, f % 31 + 1)
    fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
    moving = [easter + timedelta(days=days) for days in (1, 39, 50)]
    return frozenset([*moving, *(date(year, month, day) for month, day in fixed)])


def growth(day: date, first: date, last: date) -> float:
    """How far the habit of writing has grown: less than half as it begins, 1 today."""
    return 0.4 + 0.6 * (day - first).days / max((last - first).days, 1)


def moment_in_shift(shift: str, day: date, clock: Clock, rng: Random) -> datetime:
    """A moment at which somebody of this shift writes on this day."""
    begins, ends = SHIFTS[shift]
    hours = abs(rng.choice(PEAKS[shift]) + rng.gauss(0, 0.55))
    if rng.random() < 0.3 or hours > ends - begins:
        hours = rng.uniform(0, ends - begins)
    return clock.at(day, begins + hours) + timedelta(seconds=rng.randrange(60))


def when_free(shift: str, moment: datetime, clock: Clock, rng: Random) -> datetime:
    """This moment, or the next at which somebody of this shift is at work; some answer from home."""
    day, hour = clock.day_of(moment), clock.hour_of(moment)
    begins, ends = SHIFTS[shift]
    if hour < ends - 24:
        day, hour = day - timedelta(days=1), hour + 24
    at_work = day.weekday() < 5 and season(day) > 0.1
    if at_work and begins <= hour <= ends:
        return moment
    if 7 <= hour <= 22.5 and rng.random() < 0.15:
        return moment
    if not at_work or hour > ends:
        day = working_days(day, 1)
    while season(day) < 0.1:
        day = working_days(day, 1)
    return clock.at(day, begins) + timedelta(seconds=rng.randrange(60, 6000))
