"""The log as its reader sees it: each entry with the names that they may know."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terrain.conversations.models import Conversation, Message
from terrain.people.models import Person
from terrain.people.power import acts
from terrain.spaces.models import Space
from terrain.trust.entry import Entry

PAGE = 50

UNSEEN: Mapping[str, str | Promise] = {
    "space": _("a space that you do not see"),
    "conversation": _("a conversation that you do not see"),
    "message": _("a message that you do not see"),
    "person": _("somebody who has left"),
    "terrain": "",
}


@dataclass(frozen=True)
class Line:
    """An entry, in words."""

    number: int
    at: datetime
    key: str
    icon: str
    says: str
    actor_id: int | None
    actor: str
    """Who did it, of those whose name is known; else ""."""
    is_by_itself: bool
    """Whether nobody did it: what it says is a whole sentence."""
    thing: str
    """On what, by a name that this reader may know."""
    path: str
    """Where that is, "" where it is nowhere or not theirs to see."""
    reason: str
    hash: str

    @property
    def who(self) -> str:
        """Who did it, in words; "" where nobody did."""
        if self.actor or self.is_by_itself:
            return self.actor
        return gettext("A former colleague") if self.actor_id else gettext("The command line")


@dataclass(frozen=True)
class Page:
    """Some lines of the log, the latest first; `after` is what to ask for the next page with, None at its end."""

    lines: list[Line]
    after: int | None


def page(
    reader: Person, keys: Collection[str] = (), space: Space | None = None, before: int | None = None
) -> Page:
    """The latest entries, of some acts or over one space where that is asked, below a number where one is given."""
    found = Entry.objects.all()
    if any(keys):
        found = found.filter(act__in=[each for each in keys if each in acts()])
    if space:
        found = found.filter(thing="space", thing_id=space.pk)
    if before:
        found = found.filter(number__lt=before)
    entries = list(found[: PAGE + 1])
    return Page(lines(entries[:PAGE], reader), entries[PAGE - 1].number if len(entries) > PAGE else None)


def everything(reader: Person) -> Iterator[Line]:
    """The whole log, its first entry first."""
    entries = Entry.objects.order_by("number").iterator(chunk_size=1000)
    while some := list(islice(entries, 1000)):
        yield from lines(some, reader)


def lines(entries: Sequence[Entry], reader: Person) -> list[Line]:
    """These entries, in words; a question for each sort of thing among them."""
    people = Person.objects.in_bulk({pk for each in entries if (pk := each.actor)})
    named = {
        thing: _names(
            thing, [pk for each in entries if each.thing == thing and (pk := each.thing_id)], reader
        )
        for thing in {each.thing for each in entries}
    }
    return [_line(each, people, named[each.thing]) for each in entries]


def _line(entry: Entry, people: Mapping[int, Person], named: Mapping[int, tuple[str, str]]) -> Line:
    act = acts().get(entry.act)
    actor = people.get(entry.actor or 0)
    name, path = named.get(entry.thing_id or 0, (str(UNSEEN.get(entry.thing, "")), ""))
    return Line(
        entry.number,
        entry.at,
        entry.act,
        act.icon if act else "scroll-text",
        str(act.says) if act else entry.act,
        entry.actor,
        actor.name if actor else "",
        act is not None and act.is_by_itself,
        name,
        path,
        str(act.reasons.get(entry.reason, entry.reason)) if act else entry.reason,
        entry.hash,
    )


def _names(thing: str, ids: Iterable[int], reader: Person) -> dict[int, tuple[str, str]]:
    """The names of these things and where they are, of those that the reader sees."""
    ids = list(ids)
    if thing == "space":
        spaces = Space.visible_to(reader).filter(pk__in=ids).values_list("pk", "name")
        return {pk: (name, reverse("space", args=[pk])) for pk, name in spaces}
    if thing == "conversation":
        talks = Conversation.visible_to(reader).filter(pk__in=ids).values_list("pk", "title")
        return {pk: (title, reverse("conversation", args=[pk])) for pk, title in talks}
    if thing == "message":
        said = Message.visible_to(reader).filter(pk__in=ids).values_list("pk", "conversation__title")
        return {pk: (title, reverse("message", args=[pk])) for pk, title in said}
    if thing == "person":
        people = Person.objects.filter(pk__in=ids).values_list("pk", "name")
        return {pk: (name, reverse("person", args=[pk])) for pk, name in people}
    return {}
