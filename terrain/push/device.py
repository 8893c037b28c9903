"""A device: a browser in which somebody asked to be told, as long as they are signed in there."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.sessions.backends.base import SessionBase
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from terrain.people.models import Person, Session
from terrain.people.sessions import find_all

MOST = 10
"""Devices of one person: one more, and the one that was told of longest ago is forgotten."""

OWN = "device"
"""Under which a session keeps the uid of the device that its browser is."""

ABSENT = timedelta(days=30)
"""How long a device is kept where nobody is signed in any more, for who comes back."""


@dataclass(frozen=True)
class Subscription:
    """What a browser gives: where its push service takes messages for it, and the keys to write them with, both in
    base64url: a point of P-256, and 16 bytes."""

    endpoint: str
    p256dh: str
    auth: str


class Device(models.Model):
    """One browser of one person."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    endpoint = models.TextField(unique=True)
    p256dh = models.CharField(max_length=90)
    auth = models.CharField(max_length=30)
    browser = models.CharField(max_length=40)
    """Its name, such as "Firefox", and that of its system; "" where they are not known."""
    system = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    """What it spoke when it was added, for who has chosen no language."""
    is_discreet = models.BooleanField(default=False)
    made_at = models.DateTimeField(db_default=Now())
    failures = models.IntegerField(default=0)
    """How many times in a row its push service took nothing, and since when."""
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    """It is not tried before: its service asked for patience, or somebody is trying it now."""
    trouble = models.TextField(blank=True)
    """What its service said the last time that it took nothing."""
    absent_since = models.DateTimeField(null=True)
    """Since when nobody is signed in there, as far as it is known."""

    class Meta:
        db_table = "push_device"
        constraints: ClassVar = []
        indexes: ClassVar = [models.Index(F("person"), F("made_at"), name="push_device_of")]

    @classmethod
    def of(cls, person: Person) -> "models.QuerySet[Device]":
        """The only door to devices: one's own, the latest first."""
        return cls.objects.filter(person=person).order_by("-made_at", "-pk")


@transaction.atomic
def tell_here(person: Person, given: Subscription, browser: str, system: str, language: str) -> Device:
    """Tell this person in the browser that gave this; whoever was told there before is told there no longer."""
    Device.objects.filter(endpoint=given.endpoint).delete()
    device: Device = Device.objects.create(
        person=person,
        endpoint=given.endpoint,
        p256dh=given.p256dh,
        auth=given.auth,
        browser=browser,
        system=system,
        language=language,
    )
    kept = Device.of(person).values_list("pk", flat=True)[:MOST]
    Device.of(person).exclude(pk__in=list(kept)).delete()
    return device


@transaction.atomic
def found_again(device: Device, given: Subscription) -> None:
    """The same browser, with what its service gives now: what failed before is tried anew."""
    Device.objects.filter(endpoint=given.endpoint).exclude(pk=device.pk).delete()
    is_new = given.endpoint != device.endpoint
    device.endpoint, device.p256dh, device.auth = given.endpoint, given.p256dh, given.auth
    device.absent_since = None
    if is_new:
        device.failures, device.failing_since, device.rests_until, device.trouble = 0, None, None, ""
    device.save()


def in_session(session: SessionBase) -> uuid.UUID | None:
    """The device that the browser of this session is; None where it is none."""
    try:
        return uuid.UUID(session[OWN])
    except (KeyError, ValueError):
        return None


def signed_in(devices: Iterable[Device]) -> list[Device]:
    """Those in whose browser their person is signed in; two questions.

    A session ends when it is over, by signing out, and where a new password was chosen elsewhere.
    """
    asked = list(devices)
    people = {each.person_id for each in asked}
    sessions = Session.objects.filter(person__in=people, expire_date__gt=Now())
    found = find_all(sessions.order_by("pk").values_list("session_key", flat=True)).values()
    here = {(each.person.pk, each.data.get(OWN)) for each in found if each.person}
    return [each for each in asked if (each.person_id, str(each.uid)) in here]


def sweep(at: datetime | None = None) -> None:
    """Once a night: forget the devices where nobody has been signed in for thirty days."""
    at = at or timezone.now()
    everyone = list(Device.objects.order_by("pk"))
    present = {each.pk for each in signed_in(everyone)}
    Device.objects.filter(pk__in=present).update(absent_since=None)
    absent = [each.pk for each in everyone if each.pk not in present]
    Device.objects.filter(pk__in=absent, absent_since=None).update(absent_since=at)
    Device.objects.filter(absent_since__lt=at - ABSENT).delete()
