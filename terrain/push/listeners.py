"""What push does when others speak: what somebody is told of is due on their devices; who signs out is told no more."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from terrain.notifications.events import Told
from terrain.push import due, jobs
from terrain.push.device import Device, in_session
from terrain.web.events import hear


@hear(Told)
def told(event: Told) -> None:
    if due.begin(event):
        jobs.push.configure(schedule_in={"seconds": int(due.GATHERED.total_seconds())}).defer()


@receiver(user_logged_out)
def signed_out(request: HttpRequest, **_: Any) -> None:
    """Somebody signs out: their browser is told nothing any more."""
    if uid := in_session(request.session):
        Device.objects.filter(uid=uid).delete()
