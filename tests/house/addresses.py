"""Every address of the house, as its patterns have it, and what each of their arguments stands for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from terrain.agenda.event import invite
from terrain.agenda.models import Event
from terrain.attachments.attaching import attach
from terrain.conversations.models import Conversation, Message
from terrain.direct.talking import begin
from terrain.drafts.draft import keep
from terrain.drafts.models import Draft
from terrain.files.keeping import keep as keep_file
from terrain.files.models import File
from terrain.ideas.models import Debt, Idea
from terrain.notifications.notification import Notification, Why
from terrain.people.models import Person
from terrain.polls.models import Poll
from terrain.polls.poll import ask
from terrain.push.device import Device, tell_here
from terrain.reports.models import Report
from terrain.reports.reasons import Reason
from terrain.reports.report import report
from terrain.sharing.share import Share, share
from terrain.spaces.models import Space
from terrain.thanks.models import Thanks
from terrain.thanks.thanking import thank
from tests.cast import Cast, person
from tests.files.brought import png
from tests.push.service import Browser

ARGUMENT = re.compile(r"([\w-]*)/<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One pattern: its name and its path, such as `spaces/<int:pk>/members`."""

    name: str
    path: str

    @property
    def things(self) -> list[str]:
        """What its arguments stand for: the word before each, `spaces` in `spaces/<int:pk>`."""
        assert self.path.count("<") == len(ARGUMENT.findall(self.path)), f"{self.path} hides an argument"
        return [word for word, _ in ARGUMENT.findall(self.path)]

    def of(self, things: dict[str, object]) -> str:
        """The path with its arguments filled in; a KeyError means that `things` has to learn a new word."""
        return "/" + re.sub(ARGUMENT, lambda found: f"{found[1]}/{things[found[1]]}", self.path)


SCOPED = {
    "spaces",
    "conversations",
    "messages",
    "direct",
    "thanks",
    "reports",
    "drafts",
    "files",
    "shares",
    "polls",
    "choices",
    "events",
    "devices",
}
"""What is seen within a scope: an address that names one of these is walked as somebody outside."""


def addresses() -> list[Address]:
    """Every address there is."""
    return list(_found(get_resolver().url_patterns, ""))


def _found(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Address]:
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _found(each.url_patterns, path)
        else:
            assert each.name, f"{path} has no name"
            yield Address(each.name, path)


def between_two(cast: Cast) -> Conversation:
    """The direct conversation of Loïc and somebody who is not of the cast, begun where there is none yet."""
    found = Conversation.unscoped.filter(space=None).first()
    return found or begin(
        cast.loic, [person("Odile Perrin")], "<p>Le devis est dans le tiroir.</p>", title="Le devis"
    )


def thanks_for(cast: Cast, message: Message) -> Thanks:
    """The thanks of Samira or Loïc to the other of them for a message, given where there are none yet."""
    giver = cast.loic if message.author == cast.samira else cast.samira
    found = Thanks.unscoped.filter(message=message, giver=giver).first()
    assert message.author is not None
    return found or thank(giver, message.author, "Merci pour ce message.", message)


def told_odile(thanks: Thanks) -> Notification:
    """What waits for Odile, who is not of the cast."""
    odile = Person.objects.get(name="Odile Perrin")
    given = {"why": Why.THING, "told_at": timezone.now()}
    return Notification.objects.get_or_create(person=odile, about="thanks", thing=thanks.pk, defaults=given)[
        0
    ]


def owed_by_loic(conversation: Conversation, cast: Cast) -> Debt:
    """Loïc owes an answer to what is said there, as if it were an idea."""
    idea = Idea.unscoped.get_or_create(conversation=conversation)[0]
    now = timezone.now()
    given = {"decider": cast.loic, "owed_at": now, "due_at": now + timedelta(days=21)}
    return Debt.unscoped.get_or_create(idea=idea, defaults=given)[0]


def begun_by_loic(cast: Cast) -> Draft:
    """What Loïc has begun to write, and not published."""
    begun = keep(cast.loic, UUID(int=7), {"body": ["Je voulais dire que"]}, "post")
    assert begun
    return begun


def device_of_loic(cast: Cast) -> Device:
    """The browser in which Loïc is told, added where there is none yet."""
    found: Device | None = Device.of(cast.loic).first()
    return found or tell_here(cast.loic, Browser().subscription, "Firefox", "Linux", "fr")


def file_of(message: Message) -> File:
    """The picture that hangs on a message, hung there where there is none yet."""
    found = File.unscoped.filter(attachment__message=message).first()
    if found is None:
        found = keep_file(message.author, SimpleUploadedFile("aubepine.png", png()))
        attach(message, [found], {str(found.uid): "Une aubépine en fleur"})
    return found


def reported_by_loic(cast: Cast, conversation: Conversation) -> Report:
    """Loïc's report of the message that opens a conversation."""
    return report(cast.first(conversation), cast.loic, Reason.OTHER)


def poll_of(message: Message) -> Poll:
    """The poll that hangs on a message, asked there where there is none yet."""
    return Poll.objects.filter(message=message).first() or ask(message, ["Mardi", "Jeudi"])


def event_of(message: Message) -> Event:
    """The event that hangs on a message, a year from now, told there where there is none yet."""
    found = Event.unscoped.filter(message=message).first()
    return found or invite(message, timezone.now() + timedelta(days=365), "Europe/Paris", place="Atelier 2")


def shared_by(conversation: Conversation, person: Person, cast: Cast) -> Share:
    """A conversation, shared into another of the cast's spaces."""
    return share(
        conversation, cast.closed if conversation.space == cast.open else cast.open, person, "À lire."
    )


def things(cast: Cast, space: Space, message_by: Person) -> dict[str, object]:
    """What the arguments of addresses stand for, within this space."""
    conversation = next(
        each for each in (cast.in_open, cast.in_closed, cast.in_secret) if each.space == space
    )
    message = conversation.messages.get(author=message_by)
    owed_by_loic(conversation, cast)
    return {
        "spaces": space.pk,
        "conversations": conversation.pk,
        "messages": message.pk,
        "topics": "scelleuse",
        "drafts": begun_by_loic(cast).key,
        "devices": device_of_loic(cast).uid,
        "direct": between_two(cast).pk,
        "shares": shared_by(conversation, message_by, cast).pk,
        "people": cast.samira.pk,
        "units": cast.workshop.pk,
        "reports": reported_by_loic(cast, conversation).pk,
        "files": file_of(message).uid,
        "polls": poll_of(message).pk,
        "choices": poll_of(message).choices.order_by("place")[0].pk,
        "events": event_of(message).pk,
        "agenda": "no-such-token",
        "log": "no-such-token",
        "saved": "no-such-token",
        "chart": cast.workshop.pk,
        "thanks": thanks_for(cast, message).pk,
        "for-you": told_odile(thanks_for(cast, message)).pk,
        "as": cast.samira.pk,
        "enter": "no-such-token",
        "contributions": "no-such-token",
        "stop": "no-such-token",
        "orders": 1,
    }


def said_by(answer: Any) -> str:
    """All that is answered, as text; a file is read to its end, so that it is closed."""
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode(errors="replace")


def callbacks(resolver: URLResolver) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every address's name, and the view that answers it."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from callbacks(each)
        else:
            yield str(each.name), each.callback
