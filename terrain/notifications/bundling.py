"""Bundles: what concerns somebody is gathered for a while, and sent in one mail; outside of quiet hours, six a day.

A bundle begins with the first thing that waits, and is sent when its time has come, with all that still waits and was
in no mail before: what was read meanwhile is in none.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone

from terrain.notifications.hours import Attention, attention_of_all
from terrain.notifications.mails import bundle_mail
from terrain.notifications.notification import Notification, not_yet_mailed
from terrain.notifications.outbox import Mail, sent_to_all
from terrain.people.models import Person

A_DAY = 6
"""Mails in any 24 hours: who crosses a meridian gets no more of them."""
MOST = 100
"""Messages told of in one mail; of more, it says how many."""
DAY = timedelta(days=1)
BATCH = 100
"""Mails made in one transaction."""


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


def send_due(at: datetime | None = None) -> None:
    """Make all the mails whose time has come."""
    at = at or timezone.now()
    while send_some(at):
        pass


@transaction.atomic
def send_some(at: datetime | None = None) -> int:
    """The same for a hundred people at most, in one transaction and eight questions; of how many."""
    at = at or timezone.now()
    due = Bundle.objects.select_for_update(skip_locked=True, of=("self",)).filter(due_at__lte=at)
    bundles = list(due.order_by("due_at", "pk")[:BATCH])
    if not bundles:
        return 0
    people = [each.person_id for each in bundles]
    attentions, sent = attention_of_all(people), sent_to_all(people, at - DAY)
    later: list[Bundle] = []
    ready: list[Attention] = []
    for bundle in bundles:
        attention = attentions[bundle.person_id]
        if not attention.rings:
            continue
        if until := waits_until(attention, sent.get(bundle.person_id, ()), at):
            bundle.due_at = until
            later.append(bundle)
        else:
            ready.append(attention)
    Bundle.objects.bulk_update(later, ["due_at"])
    Bundle.objects.filter(pk__in={each.pk for each in bundles} - {each.pk for each in later}).delete()
    _make([each.person for each in ready], at)
    return len(bundles)


def waits_until(attention: Attention, sent: Sequence[datetime], at: datetime) -> datetime | None:
    """When somebody's mail may be made, where it may not now; `sent` is when they got one in the last 24 hours."""
    # They may have changed their hours, or gone to another zone.
    if attention.hours.is_quiet(at):
        return attention.hours.rings_at(at)
    return attention.hours.rings_at(sent[-A_DAY] + DAY) if len(sent) >= A_DAY else None


def _make(people: Sequence[Person], at: datetime) -> None:
    told = not_yet_mailed([each.pk for each in people])
    mails = [
        bundle_mail(person, told[person.pk][:MOST], len(told[person.pk]), at)
        for person in people
        if person.pk in told
    ]
    Mail.objects.bulk_create(mails)
    all_told = [each.pk for some in told.values() for each in some]
    Notification.objects.filter(pk__in=all_told).update(mailed_at=at)
