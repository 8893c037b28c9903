"""The addresses at which somebody writes by mail: secret ones, each for one person and one thing, and those of spaces.

A secret address is signed, so that nobody makes another's; whoever makes new ones ends all that they had before.
"""

import re
from base64 import b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.text import slugify

from terrain.people.models import Person
from terrain.spaces.models import Space

SIGNED = 20
"""Characters of a signature, of five bits each."""
NAMED = 30
"""Characters of a space's name in its address."""
FORMER = 100
"""How many times addresses may have been made anew, and the earliest still be known as such."""

_secret = re.compile(rf"([0-9a-f]{{1,15}})([rs])([0-9a-f]{{1,15}})x([a-z2-7]{{{SIGNED}}})")
_of_space = re.compile(r"[a-z0-9-]{1,50}-([0-9]{1,15})")


class Leads(StrEnum):
    """What a secret address leads to: a reply in a conversation, or a new one in a space."""

    CONVERSATION = "r"
    SPACE = "s"


@dataclass(frozen=True)
class Secret:
    """What a secret address says: whose it is, and where it leads."""

    person_id: int
    leads: Leads
    thing_id: int
    is_current: bool
    """Whether its person has made no new ones since."""


class Renewal(models.Model):
    """Somebody made new addresses, for the `number`th time; who never did has no record."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    number = models.IntegerField(default=1)
    renewed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "notifications_renewal"
        constraints: ClassVar = []


def renew(person: Person) -> None:
    """End all the secret addresses that this person had, and make new ones."""
    asked = {"number": F("number") + 1, "renewed_at": Now()}
    Renewal.objects.update_or_create(person=person, defaults=asked, create_defaults={"number": 1})


def renewed_at(person: Person) -> datetime | None:
    """When this person last made new ones; None where they never did."""
    return Renewal.objects.filter(person=person).values_list("renewed_at", flat=True).first()


def to_conversation(person: Person, conversation_id: int) -> str:
    """Where this person replies in a conversation; nothing where nobody writes by mail here."""
    return to_conversations(person, [conversation_id]).get(conversation_id, "")


def to_conversations(person: Person, conversations: Iterable[int]) -> Mapping[int, str]:
    """The same for many, by their ids; one question."""
    if not settings.MAIL_ADDRESS:
        return {}
    number = _number(person.pk)
    return {pk: _address(_key(person.pk, Leads.CONVERSATION, pk, number)) for pk in conversations}


def to_space(person: Person, space_id: int) -> str:
    """Where this person begins a conversation in a space; nothing where nobody writes by mail here."""
    if not settings.MAIL_ADDRESS:
        return ""
    return _address(_key(person.pk, Leads.SPACE, space_id, _number(person.pk)))


def of_space(space: Space) -> str:
    """Where anybody begins a conversation in a space, known by the number at its end; nothing where nobody does."""
    name = slugify(space.name)[:NAMED].strip("-_").replace("_", "-") or "space"
    return _address(f"{name}-{space.pk}") if settings.MAIL_ADDRESS else ""


def part_of(address: str) -> str | None:
    """What tells an address of this Terrain from another of it; None for one elsewhere."""
    before, _, after = settings.MAIL_ADDRESS.partition("*")
    address = address.strip().lower()
    if after and address.startswith(before) and address.endswith(after):
        return address[len(before) : -len(after)]
    return None


def read_secret(part: str) -> Secret | None:
    """What this part of an address says, where it is a secret one that was made here."""
    found = _secret.fullmatch(part)
    if found is None:
        return None
    person, leads, thing = int(found[1], 16), Leads(found[2]), int(found[3], 16)
    now = _number(person)
    for number in range(now, max(-1, now - FORMER), -1):
        if constant_time_compare(found[4], _signature(person, leads, thing, number)):
            return Secret(person, leads, thing, is_current=number == now)
    return None


def read_space(part: str) -> int | None:
    """The id of the space that this part of an address names."""
    found = _of_space.fullmatch(part)
    return int(found[1]) if found else None


def _address(part: str) -> str:
    return str(settings.MAIL_ADDRESS).replace("*", part)


def _key(person: int, leads: Leads, thing: int, number: int) -> str:
    # Small letters and digits alone, for some servers know no others; `x`, `r` and `s` are no digits of a number.
    return f"{person:x}{leads}{thing:x}x{_signature(person, leads, thing, number)}"


def _signature(person: int, leads: Leads, thing: int, number: int) -> str:
    signed = salted_hmac("notifications.addresses", f"{person} {leads} {thing} {number}", algorithm="sha256")
    return b32encode(signed.digest()).decode().lower()[:SIGNED]


def _number(person: int) -> int:
    """How many times this person has made new addresses."""
    return Renewal.objects.filter(person=person).values_list("number", flat=True).first() or 0
