"""Planting the demo company: always the same for the same moment, as if its last message had just been written."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terrain.demo import copying
from terrain.demo.careful import careful_talks
from terrain.demo.company import company
from terrain.demo.composing import composed_talks
from terrain.demo.people import people
from terrain.demo.readers import followings, readings
from terrain.demo.rhythm import Clock
from terrain.demo.spaces import spaces
from terrain.people.organisation import rename

PERSONS_TO_BE: list[tuple[str, str | Promise]] = [
    (
        "manon.mercier@ateliers-rivoire.example",
        _("Three weeks here, and everything is new: she asks what nobody asks any more."),
    ),
    (
        "samira.benali@ateliers-rivoire.example",
        _("Sets up presses from five in the morning, and has one that drifts after the break."),
    ),
    (
        "ines.fabre@ateliers-rivoire.example",
        _("Compares, numbers, asks to see the part: every complaint ends up on her desk."),
    ),
    (
        "helene.roy@ateliers-rivoire.example",
        _("Human resources: the four-day week, two pay gaps to mend, and the code of labour."),
    ),
    (
        "florence.delmas@ateliers-rivoire.example",
        _("Runs the company, reads everything, and owes an answer before the works council meets."),
    ),
    (
        "celine.vacher@ateliers-rivoire.example",
        _("Works at night, and wrote at five this morning what could have gone wrong."),
    ),
    (
        "priya.nair@ateliers-rivoire.example",
        _("Answers customers in Leeds, and wants something true to tell them by three."),
    ),
]
"""Who a visitor of the demo may be: an address, and a line about their day."""


@dataclass(frozen=True)
class Planted:
    """What the company is made of now."""

    people: int
    units: int
    spaces: int
    conversations: int
    messages: int
    reactions: int


@transaction.atomic
def plant(now: datetime | None = None) -> Planted:
    """Make the demo company where nobody is yet, all of it or nothing; dates count from `now`."""
    told = company()
    clock = Clock(now or timezone.now(), ZoneInfo(told.zone))
    everybody = people(told, clock, Random(f"{told.seed} people"))
    places = spaces(told, everybody, clock, Random(f"{told.seed} spaces"))
    careful = careful_talks(everybody, places, clock, Random(f"{told.seed} careful"))
    composed = composed_talks(everybody, places, clock, Random(f"{told.seed} composed"))
    talks = sorted([*careful, *composed], key=lambda talk: talk.opened_at)

    rename(told.name)
    copier = copying.Copier(Random(f"{told.seed} copying"))
    units = copier.units(told.units, min(one.joined_at for one in everybody) - timedelta(days=1))
    persons = copier.people(everybody, units)
    spots = copier.spaces(places, talks, persons)
    numbers = copier.conversations(talks, spots, persons)
    messages = copier.messages(numbers, persons)
    reactions = copier.signs(messages, persons)
    copier.followings(followings(talks, Random(f"{told.seed} followings")), numbers, persons)
    read = readings(everybody, talks, clock, Random(f"{told.seed} readings"))
    copier.readings(read, numbers, persons)
    copying.count_on()
    return Planted(len(persons), len(units), len(spots), len(numbers), len(messages), reactions)
