"""Pushing what is due: one push for each device, out of quiet hours, tried again where it is not taken, never lost.

A device is taken, its push is sent, and the rows of what it told are deleted once its service has taken it. No row is
locked while somebody else's server is waited for.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from terrain.notifications.hours import attention_of, attention_of_all
from terrain.notifications.models import Notification
from terrain.push.device import Device, signed_in
from terrain.push.due import GATHERED, Due, let_go, take
from terrain.push.saying import Push, push_of, trial
from terrain.push.sending import IN_ALL, SECONDS, Outcome, Sender

AT_ONCE = 200
"""Devices that are taken at a time, as long as seconds are left: other jobs wait."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
FORGOTTEN = timedelta(days=14)
"""How long a service may take nothing for a device before it is forgotten."""
TROUBLED = 5
"""Failures in a row after which whoever keeps Terrain running is told."""


def push_due(at: datetime | None = None, sender: Sender | None = None) -> int:
    """Push to all devices for which something is due; how many pushes were taken by their services."""
    at, sender = at or timezone.now(), sender or Sender()
    until, taken = time.monotonic() + IN_ALL, 0
    while (left := until - time.monotonic()) > SECONDS and (devices := take(at, AT_ONCE)):
        tried = sender.send(_pushes(devices, at), at, left)
        taken += sum(settle(push, outcome, at) for push, outcome in tried)
        done = {push.device.pk for push, _ in tried}
        let_go([each for each in devices if each.pk not in done])
        if len(devices) < AT_ONCE:
            break
    return taken


def try_out(device: Device, at: datetime | None = None, sender: Sender | None = None) -> bool:
    """Push to a device because its person asked for it, now; whether its service took it."""
    at, sender = at or timezone.now(), sender or Sender()
    pushed = trial(device, attention_of(device.person).hours, at)
    return sum(settle(push, outcome, at) for push, outcome in sender.send([pushed], at)) == 1


def _pushes(devices: Sequence[Device], at: datetime) -> list[Push]:
    """What has to be sent to these; for the others, what was due is put off or gone."""
    here = signed_in(devices)
    rows = Due.objects.filter(due_at__lte=at + GATHERED)
    absent = [each for each in devices if each not in here]
    Due.objects.filter(device__in=absent).delete()
    attention = attention_of_all({each.person_id for each in here})
    found = []
    for device in here:
        hours, theirs = attention[device.person_id].hours, rows.filter(device=device)
        # They may have changed their hours, or gone to another zone.
        if hours.is_quiet(at):
            theirs.update(due_at=hours.rings_at(at))
            continue
        told = Notification.objects.of(device.person).filter(pk__in=theirs.values("notification"))
        if push := push_of(device, told, hours, at):
            found.append(push)
        else:
            theirs.delete()
    return found


@transaction.atomic
def settle(push: Push, outcome: Outcome, at: datetime) -> bool:
    """Keep what became of a push: whether it was taken.

    Taken, what it told is due no longer; gone, its device is forgotten; else it waits, twice as long each time.
    """
    device = Device.objects.select_for_update().filter(pk=push.device.pk).first()
    if device is None:
        return outcome.is_taken
    since = device.failing_since or at
    if outcome.is_taken:
        Due.objects.filter(device=device, notification__in=push.told).delete()
        device.failures, device.failing_since, device.rests_until, device.trouble = 0, None, None, ""
    elif outcome.is_gone or at - since > FORGOTTEN:
        device.delete()
        return False
    else:
        wait = min(FIRST_WAIT * 2 ** min(device.failures, 10), LONGEST_WAIT)
        device.failures, device.failing_since, device.trouble = device.failures + 1, since, outcome.said
        device.rests_until = at + max(wait, outcome.after)
    device.save(update_fields=["failures", "failing_since", "rests_until", "trouble"])
    return outcome.is_taken


@dataclass(frozen=True)
class Trouble:
    """How many devices take nothing, while none takes anything; and what a push service said last."""

    count: int
    said: str


def in_trouble() -> Trouble | None:
    """Whether pushes fail for all; None where any device is told, or none has failed again and again."""
    failing = Device.objects.filter(failures__gte=TROUBLED).order_by("-failures", "pk")
    first = failing.first()
    if first is None or Device.objects.filter(failures=0, absent_since=None).exists():
        return None
    return Trouble(failing.count(), first.trouble)
