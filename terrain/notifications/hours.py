"""Quiet hours: when nothing rings, by the clocks of where somebody is; on for everybody until they say otherwise."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models

from terrain.people.days import is_holiday, is_week_end
from terrain.people.models import Person
from terrain.web.moments import zone

EVENING, MORNING = time(19), time(8)
BUNDLE = 240
"""Minutes in which what concerns somebody is gathered into one mail."""


@dataclass(frozen=True)
class Hours:
    """Quiet each day from `begin` to `end`, over midnight where the end comes first; the same twice is never."""

    zone: ZoneInfo
    begin: time = EVENING
    end: time = MORNING
    at_week_ends: bool = True
    on_holidays: bool = True
    away: tuple[date, date] | None = None
    """The first and the last day of a leave."""

    def is_quiet(self, moment: datetime) -> bool:
        """Whether nothing rings at this moment."""
        here = moment.astimezone(self.zone)
        return self._is_day_off(here.date()) or self._is_quiet_at(here.time())

    def rings_at(self, moment: datetime) -> datetime:
        """The first moment from this one on, at which something may ring; in UTC.

        Raises ValueError where there is none within a year: quiet hours leave none.
        """
        now = moment.astimezone(UTC)
        for _ in range(800):
            if not self.is_quiet(now):
                return now
            now = max(self._next(now.astimezone(self.zone)), now + timedelta(minutes=1))
        raise ValueError("quiet hours that leave no moment")

    def _is_day_off(self, day: date) -> bool:
        if self.away and self.away[0] <= day <= self.away[1]:
            return True
        return (self.at_week_ends and is_week_end(day)) or (self.on_holidays and is_holiday(day))

    def _is_quiet_at(self, now: time) -> bool:
        if self.begin <= self.end:
            return self.begin <= now < self.end
        return now >= self.begin or now < self.end

    def _next(self, here: datetime) -> datetime:
        """Where quiet may end next, in UTC: where clocks skip that hour, once they have."""
        if self._is_day_off(here.date()) or (self.begin > self.end and here.time() >= self.begin):
            return _at(here.date() + timedelta(days=1), time(0), self.zone)
        return _at(here.date(), self.end, self.zone)


def _at(day: date, hour: time, where: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, where).astimezone(UTC)


class Often(models.TextChoices):
    """How often somebody gets a digest of what they have not read."""

    NEVER = "never", "never"
    DAILY = "daily", "daily"
    WEEKLY = "weekly", "weekly"


class Attention(models.Model):
    """How somebody wants to be told by mail; who never said has no record, and the defaults below.

    `quiet_from` and `quiet_until` are hours where they are. `bundle` is in minutes.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    by_mail = models.BooleanField(default=True)
    bundle = models.IntegerField(default=BUNDLE)
    quiet_from = models.TimeField(default=EVENING)
    quiet_until = models.TimeField(default=MORNING)
    at_week_ends = models.BooleanField(default=True)
    """Whether week-ends are quiet."""
    on_holidays = models.BooleanField(default=True)
    away_from = models.DateField(null=True)
    """The first and the last day of a leave, on which nothing rings; both, or none."""
    away_until = models.DateField(null=True)
    digest = models.CharField(max_length=10, choices=Often, default=Often.WEEKLY)

    class Meta:
        db_table = "notifications_attention"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(bundle__gte=15, bundle__lte=1440), name="notifications_attention_bundle"
            ),
            models.CheckConstraint(
                condition=models.Q(away_from=None, away_until=None)
                | models.Q(away_from__lte=models.F("away_until")),
                name="notifications_attention_leave",
            ),
            models.CheckConstraint(
                condition=models.Q(digest__in=Often.values), name="notifications_attention_digest"
            ),
        ]

    @property
    def rings(self) -> bool:
        """Whether anything is ever sent to this person."""
        return self.by_mail and self._has_mail

    @property
    def gets_digest(self) -> bool:
        """Whether a digest is ever sent to this person."""
        return self.digest != Often.NEVER and self._has_mail

    @property
    def _has_mail(self) -> bool:
        return bool(self.person.email) and self.person.is_active

    @property
    def hours(self) -> Hours:
        """Its quiet hours, where its person is."""
        return Hours(
            zone(self.person.zone),
            self.quiet_from,
            self.quiet_until,
            self.at_week_ends,
            self.on_holidays,
            (self.away_from, self.away_until) if self.away_from and self.away_until else None,
        )


def attention_of(person: Person) -> Attention:
    """How this person wants to be told."""
    found = Attention.objects.filter(person=person).first() or Attention(person=person)
    found.person = person
    return found


def attention_of_all(people: Collection[int]) -> Mapping[int, Attention]:
    """The same for these people, by their id; two questions."""
    persons = Person.objects.in_bulk(people)
    kept = {each.person_id: each for each in Attention.objects.filter(person__in=people)}
    found = {pk: kept.get(pk) or Attention(person=person) for pk, person in persons.items()}
    for pk, attention in found.items():
        attention.person = persons[pk]
    return found
