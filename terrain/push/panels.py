"""Where web push shows: among one's settings, and, where no push leaves, on the stewards' page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.people.steward import is_steward
from terrain.push import vapid
from terrain.push.device import Device, in_session, signed_in
from terrain.push.pushing import TROUBLED, in_trouble
from terrain.web.moments import on
from terrain.web.panels import panel
from terrain.web.rendering import fragment


@dataclass(frozen=True)
class Shown:
    """A device in the list of one's own."""

    device: Device
    name: str
    since: str
    is_here: bool
    was_tried: bool
    is_failing: bool
    address: str


@panel("settings", order=35)
def told_here(request: PersonRequest, person: Person) -> Markup:
    here, tried = in_session(request.session), request.GET.get("tried", "")
    shown = [
        Shown(
            device=each,
            name=_name(each),
            since=on(each.made_at.date()),
            is_here=each.uid == here,
            was_tried=str(each.uid) == tried,
            is_failing=each.failures >= TROUBLED,
            address=reverse("push_device", args=[each.uid]),
        )
        for each in signed_in(Device.of(person))
    ]
    return fragment(
        "push/_devices.html",
        devices=shown,
        key=vapid.public_key(),
        is_told=any(each.is_here for each in shown),
    )


def _name(device: Device) -> str:
    if device.browser and device.system:
        return f"{device.browser} ({device.system})"
    return device.browser or device.system or _("A browser")


@panel("stewards", order=6)
def pushes_in_trouble(request: PersonRequest, _thing: object) -> Markup | str:
    """For stewards, that no push leaves."""
    trouble = in_trouble() if is_steward(request.user) else None
    return fragment("push/_trouble.html", count=trouble.count, trouble=trouble.said) if trouble else ""
