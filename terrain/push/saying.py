"""What a push says: who and the first words, or, discreet, how much waits; in the language of who gets it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, ngettext

from terrain.notifications.hours import Hours
from terrain.notifications.listing import Line, Waiting, by_conversation
from terrain.notifications.models import Notification
from terrain.notifications.notification import Why
from terrain.push.answering import key_for
from terrain.push.device import Device
from terrain.push.encryption import write
from terrain.push.quiet import next_quiet
from terrain.web.numbers import number
from terrain.web.rendering import asset, url

LASTS = timedelta(days=1)
"""How long a push service keeps a push for a device that is off; what waits longer is in the page, and in the mail."""
MOST_BYTES = 3900
LINES = 4
LATEST = 20
"""Messages among which the lines of a push of several conversations are found."""

ALL = "for-you"
PRESSING = {Why.DIRECT, Why.MENTION, Why.ANSWER}


@dataclass(frozen=True)
class Push:
    """One push to one device, which tells these notifications, by their ids; `brief` says how much waits, no words."""

    device: Device
    told: Sequence[int]
    words: bytes
    brief: bytes
    topic: str
    """What takes the place of another push of this topic that was not delivered yet."""
    is_pressing: bool


def language_of(device: Device) -> str:
    """What its person speaks: chosen by them, else what their browser asked for."""
    return device.person.language or device.language or settings.LANGUAGE_CODE


def push_of(device: Device, new: "QuerySet[Notification]", hours: Hours, at: datetime) -> Push | None:
    """One push that tells these, which its person may read, the latest first; None where there are none.

    What was pushed within a day and still waits is said again with it, for it takes the place of what said so: on the
    device, and at a push service that has not delivered it yet.
    """
    told = list(new.values_list("pk", "conversation", "about", "why"))
    ids, places = [pk for pk, *_ in told], {(conversation, about) for _, conversation, about, _ in told}
    waits = Notification.objects.of(device.person).filter(Q(told_at__gte=at - LASTS) | Q(pk__in=ids))
    is_of_one = len(places) == 1 and not device.is_discreet
    if is_of_one:
        conversation, about = next(iter(places))
        waits = waits.filter(conversation=conversation, about=about)
    count = waits.count()
    rows = waits.select_related("message__author", "conversation__space")
    shown = [] if device.is_discreet else list(rows[: LINES if is_of_one else LATEST])
    with translation.override(language_of(device)):
        here = by_conversation(device.person, shown)
        if not told or not (here or device.is_discreet):
            return None
        common = _common(hours, at)
        said = brief = _brief(count) | common
        if is_of_one:
            said = _of_one(device, shown[0], here[0], count) | common
        else:
            said = brief | {"body": "\n".join(each.lines[0].says for each in here[:LINES])}
    is_pressing = any(why in PRESSING for *_, why in told)
    return Push(device, ids, _written(said), _written(brief), _topic(device, said["tag"]), is_pressing)


def trial(device: Device, hours: Hours, at: datetime) -> Push:
    """A push that says how one is told on this device, because one asked for it."""
    with translation.override(language_of(device)):
        said = {
            "title": _brief(1)["title"] if device.is_discreet else gettext("This device is told"),
            "body": "" if device.is_discreet else gettext("So it will be when somebody writes to you."),
            "tag": "trial",
            "url": url("settings"),
            **_common(hours, at),
            "quiet": None,
        }
    return Push(device, (), _written(said), _written(said), _topic(device, said["tag"]), True)


def _topic(device: Device, tag: str) -> str:
    """What a push service may know of a tag: whether it is one that it has seen before, for this device."""
    return write(salted_hmac("push.topic", f"{device.uid} {tag}", algorithm="sha256").digest())[:32]


def _common(hours: Hours, at: datetime) -> dict[str, Any]:
    quiet = next_quiet(hours, at)
    return {
        "language": translation.get_language(),
        "icon": asset("web/icons/192.png"),
        "badge": asset("web/icons/badge.png"),
        "quiet": [int(each.timestamp() * 1000) for each in quiet] if quiet else None,
    }


def _brief(count: int) -> dict[str, Any]:
    title = ngettext("%(n)s message for you", "%(n)s messages for you", count) % {"n": number(count)}
    return {"title": title, "body": "", "tag": ALL, "url": url("for_you")}


def _of_one(device: Device, latest: Notification, waits: Waiting, count: int) -> dict[str, Any]:
    """Of one conversation, or of one sort of other things."""
    line = waits.lines[0]
    if count == 1:
        said = {"title": line.says, "body": line.said, "url": line.address}
    elif latest.message_id is None:
        says = "\n".join(each.says for each in waits.lines)
        return {"title": waits.title, "body": says, "url": url("for_you"), "tag": latest.about}
    else:
        title = ngettext("%(n)s message in “%(title)s”", "%(n)s messages in “%(title)s”", count)
        said = {
            "title": title % {"n": number(count), "title": waits.title},
            "body": "\n".join(_line(each) for each in reversed(waits.lines)),
            "url": waits.address or url("for_you"),
        }
    if latest.message_id is None:
        return said | {"tag": latest.about}
    here = waits.address
    return said | {
        "tag": f"c{waits.conversation_id}",
        "page": here,
        "answer": {
            "says": gettext("Answer"),
            "asks": gettext("Answer…"),
            "to": key_for(device.person, latest.message_id),
            "url": f"{here}?reply_to={latest.message_id}",
            "lost": gettext("Not sent. Your words are kept: press here to go on with them."),
        },
    }


def _line(line: Line) -> str:
    return f"{line.author or gettext('A former colleague')} · {line.said}"


def _written(said: dict[str, Any]) -> bytes:
    """As the browser is given it; words that are too long for one push are cut."""
    written = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    if len(written) <= MOST_BYTES:
        return written
    longest = max(("title", "body"), key=lambda name: len(said[name]))
    return _written(said | {longest: said[longest][: len(said[longest]) // 2] + "…"})
