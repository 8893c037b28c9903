"""What still has to be pushed: a row for each device and each thing, and none once it was pushed, or read."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from terrain.notifications.events import Told
from terrain.notifications.hours import attention_of_all
from terrain.notifications.models import Notification
from terrain.push.device import Device

GATHERED = timedelta(seconds=10)
"""What comes within this time is one push; and who is in the page has read it by then."""

LEASE = timedelta(minutes=2)
"""How long whoever took a device to push to it may need; a worker that died leaves it to the next one."""


class Due(models.Model):
    """This device has to be told of this from `due_at` on. What was read is gone from here with its notification."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="+", db_index=False)
    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "push_due"
        constraints: ClassVar = [
            models.UniqueConstraint("device", "notification", name="push_due_once"),
        ]


def begin(event: Told) -> bool:
    """People are told of something: whether any device has to be. Five questions, however many they are."""
    devices = list(Device.objects.filter(person__in=event.people).order_by("pk"))
    if not devices:
        return False
    theirs = {each.person_id for each in devices}
    same = Notification.objects.filter(message=event.message, about=event.about, thing=event.thing)
    told = dict(same.filter(person__in=theirs).values_list("person", "pk"))
    since = event.at + GATHERED
    moments = {pk: each.hours.rings_at(since) for pk, each in attention_of_all(sorted(theirs)).items()}
    Due.objects.bulk_create(
        [
            Due(device=each, notification_id=told[each.person_id], due_at=moments[each.person_id])
            for each in devices
            if each.person_id in told
        ],
        ignore_conflicts=True,
    )
    return True


@transaction.atomic
def take(at: datetime, most: int) -> list[Device]:
    """Devices that have to be told now, those that fail last, for nobody else to take until they are let go."""
    waiting = Due.objects.filter(device=OuterRef("pk"), due_at__lte=at)
    ready = Device.objects.filter(Exists(waiting)).filter(Q(rests_until=None) | Q(rests_until__lte=at))
    held = ready.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    taken = list(held.order_by("failures", "pk")[:most])
    Device.objects.filter(pk__in=[each.pk for each in taken]).update(rests_until=at + LEASE)
    return taken


def let_go(devices: Collection[Device]) -> None:
    """They may be taken again."""
    Device.objects.filter(pk__in=[each.pk for each in devices]).update(rests_until=None)
