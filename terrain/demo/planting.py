"""Planting the demo company: always the same for the same moment, as if its last message had just been written."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terrain.conversations.models import Conversation, Message
from terrain.demo import copying, waiting
from terrain.demo.deeds import Deeds
from terrain.demo.making import make
from terrain.demo.readers import followings, readings
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
    made = make(now or timezone.now())
    seed = made.company.seed
    rename(made.company.name)
    copier = copying.Copier(Random(f"{seed} copying"))
    units = copier.units(made.company.units, min(one.joined_at for one in made.people) - timedelta(days=1))
    people = copier.people(made.people, units)
    spaces = copier.spaces(made.places, made.talks, people)
    talks = copier.conversations(made.talks, spaces, people)
    messages = copier.messages(talks, people)
    reactions = copier.signs(messages, people)
    copier.followings(followings(made.talks, Random(f"{seed} followings")), talks, people)
    copier.readings(readings(made.people, made.talks, made.clock, Random(f"{seed} readings")), talks, people)
    copying.count_on()
    Deeds(made, talks, Random(f"{seed} deeds")).do()
    waiting.tell(made.clock.now)
    said, opened = Message.unscoped.count(), Conversation.unscoped.count()
    return Planted(len(people), len(units), len(spaces), opened, said, reactions)
