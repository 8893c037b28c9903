"""What waits for somebody, by conversation, the latest moved first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from terrain.conversations.excerpts import recalled
from terrain.conversations.models import Participation
from terrain.notifications.notification import Notification
from terrain.people.concerning import Words, sort
from terrain.people.models import Person
from terrain.web.rendering import url

MOST = 200


@dataclass(frozen=True)
class Line:
    """What somebody is told of, in a few words: who does what, in a sentence, and where it leads."""

    says: str
    said: str
    author: str | None
    address: str
    done: str = ""
    """Where one says that one goes there, and it waits no longer: of what is not read by being opened."""


@dataclass(frozen=True)
class Waiting:
    """A conversation in which something waits, `lines` in the order in which they were given.

    Or, without an address, other things of one sort.
    """

    title: str
    space: str | None
    address: str | None
    lines: Sequence[Line]
    conversation_id: int | None = None


def waiting(person: Person, most: int = MOST) -> list[Waiting]:
    """The latest 200 that wait for this person, from the latest; one question, and one for each sort of things."""
    rows = Notification.objects.of(person).select_related("message__author", "conversation__space")
    return by_conversation(person, rows[:most])


def by_conversation(person: Person, told: Iterable[Notification]) -> list[Waiting]:
    """The same, those of one conversation together, where its first one stood; so are other things of one sort."""
    told = list(told)
    words, others = _words(person, told), _others(person, told)
    lines: dict[Waiting, list[Line]] = {}
    for each in told:
        if (found := _message(each, others) or _thing(each, words)) is not None:
            lines.setdefault(found[0], []).append(found[1])
    return [Waiting(of.title, of.space, of.address, found, of.conversation_id) for of, found in lines.items()]


def address(told: Notification) -> str | None:
    """Where a thing is of which somebody is told; None where it is gone."""
    words = _words(told.person, [told]).get((told.about, told.thing or 0))
    return words.address if words else None


def _message(each: Notification, others: Mapping[int, str]) -> tuple[Waiting, Line] | None:
    message, here = each.message, each.conversation
    if message is None or here is None:
        return None
    author = message.author.name if message.author else None
    title = others.get(here.pk, here.title)
    of = Waiting(title, here.space.name if here.space else None, url("conversation", here.pk), (), here.pk)
    return of, Line(_says(each.why, author), recalled(message.body), author, url("message", message.pk))


def _others(person: Person, told: Iterable[Notification]) -> Mapping[int, str]:
    """Of the conversations that two people have directly, the name of the other; no question where there are none."""
    direct = {
        each.conversation_id for each in told if each.conversation and each.conversation.space_id is None
    }
    here = Participation.objects.filter(conversation__in=direct).exclude(person=person)
    names: defaultdict[int, list[str]] = defaultdict(list)
    for conversation, name in here.values_list("conversation", "person__name"):
        names[conversation].append(name)
    return {pk: found[0] for pk, found in names.items() if len(found) == 1}


def _says(why: str, author: str | None) -> str:
    sentences = {
        "mention": _("%(who)s names you"),
        "answer": _("%(who)s answers you"),
        "yours": _("%(who)s writes in your conversation"),
        "direct": _("%(who)s writes to you"),
    }
    return sentences.get(why, _("%(who)s writes")) % {"who": author or _("A former colleague")}


def _thing(each: Notification, words: Mapping[tuple[str, int], Words]) -> tuple[Waiting, Line] | None:
    found, of = words.get((each.about, each.thing or 0)), sort(each.about)
    if found is None or of is None:
        return None
    line = Line(found.says, found.said, found.author, found.address, url("for_you_thing", each.pk))
    return Waiting(str(of.label), None, None, ()), line


def _words(person: Person, told: Iterable[Notification]) -> Mapping[tuple[str, int], Words]:
    things: defaultdict[str, list[int]] = defaultdict(list)
    for each in told:
        if each.thing is not None:
            things[each.about].append(each.thing)
    found: dict[tuple[str, int], Words] = {}
    for about, ids in things.items():
        if of := sort(about):
            found |= {(about, pk): words for pk, words in of.say(person, ids).items()}
    return found
