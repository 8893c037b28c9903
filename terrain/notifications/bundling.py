"""Bundles: what concerns somebody is gathered for a while, and sent in one mail; outside of quiet hours, six a day.

A bundle begins with the first thing that waits, and is sent when its time has come, with all that still waits and was
in no mail before: what was read meanwhile is in none.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone

from terrain.notifications.hours import Attention, attention_of, attention_of_all
from terrain.notifications.mails import bundle_mail
from terrain.notifications.notification import Notification
from terrain.notifications.outbox import sent_since
from terrain.people.models import Person

A_DAY = 6
"""Mails in any 24 hours: who crosses a meridian gets no more of them."""
MOST = 100
"""Messages told of in one mail; of more, it says how many."""


class Bundle(models.Model):
    """Something waits to be told to somebody by mail, at `due_at`."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "notifications_bundle"
        constraints: ClassVar = []


def begin(people: Collection[int], at: datetime) -> None:
    """Something waits for these people since `at`: whoever has no bundle yet begins one; four questions for all."""
    begun = set(Bundle.objects.filter(person__in=people).values_list("person", flat=True))
    new = attention_of_all([pk for pk in people if pk not in begun])
    Bundle.objects.bulk_create(
        [Bundle(person=each.person, due_at=_due(each, at)) for each in new.values() if each.rings],
        ignore_conflicts=True,
    )


def _due(attention: Attention, at: datetime) -> datetime:
    return attention.hours.rings_at(at + timedelta(minutes=attention.bundle))


def send_due(at: datetime | None = None) -> int:
    """Make the mails whose time has come; how many."""
    at = at or timezone.now()
    due = Bundle.objects.filter(due_at__lte=at).order_by("due_at", "pk").values_list("pk", flat=True)
    return sum(_send(pk, at) for pk in list(due))


@transaction.atomic
def _send(pk: int, at: datetime) -> bool:
    held = Bundle.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    bundle = held.filter(pk=pk, due_at__lte=at).first()
    if bundle is None:
        return False
    person, attention = bundle.person, attention_of(bundle.person)
    if not attention.rings:
        bundle.delete()
        return False
    # They may have changed their hours, or gone to another zone.
    if attention.hours.is_quiet(at):
        return _later(bundle, attention.hours.rings_at(at))
    day = timedelta(days=1)
    sent = sent_since(person, at - day)
    if len(sent) >= A_DAY:
        return _later(bundle, attention.hours.rings_at(sent[-A_DAY] + day))
    bundle.delete()
    waits = Notification.objects.of(person).filter(mailed_at=None).order_by("told_at", "pk")
    told = list(waits.select_related("message__author", "conversation__space"))
    if not told:
        return False
    bundle_mail(person, told[:MOST], len(told), at).save()
    Notification.objects.filter(pk__in=[each.pk for each in told]).update(mailed_at=at)
    return True


def _later(bundle: Bundle, due_at: datetime) -> bool:
    Bundle.objects.filter(pk=bundle.pk).update(due_at=due_at)
    return False
