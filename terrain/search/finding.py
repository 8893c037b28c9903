"""Finds people, spaces, conversations, messages and files, as far as the reader may see them, in a simple order.

People and spaces come first where their name holds the words; then conversations by their title, then what was said,
then files, then people by their trade: the latest first. There is no other score.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from markupsafe import Markup

from terrain.attachments.models import Attachment
from terrain.conversations.models import Message
from terrain.files.models import File
from terrain.people.models import About, Person, Unit
from terrain.search import compiling, excerpts
from terrain.search.excerpts import Marker
from terrain.search.names import SearchName, SearchWords
from terrain.search.narrowing import CONVERSATIONS, FILES, MESSAGES, PEOPLE, SPACES, Narrowing
from terrain.search.words import Compiled, Filed, Said, SaidQuerySet, listed
from terrain.spaces.models import Space
from terrain.web.rendering import url

PAGE = 20
MOST_PAGES = 25
AMONG_ALL = {PEOPLE: 3, SPACES: 3, CONVERSATIONS: 5, MESSAGES: 10, FILES: 3, "trades": 3}
"""How many of each are shown where all sorts are."""
MOST_WORDS_OF_TRADES = 4
LATEST = ("-written_at", "-message_id")
FEW = (600, 20_000)
"""How many of the latest that hold the words are looked through for the reader's; more where they fill no page."""

T = TypeVar("T")


@dataclass
class Found:
    """One thing that was found. `thing` is what its mark is drawn of; `text` is what its excerpt is taken from."""

    sort: str
    thing: Person | Space | Said | File
    address: str
    title: str
    text: str = ""
    who: str = ""
    where: str = ""
    at: datetime | None = None
    title_marked: Markup = field(default_factory=Markup)
    excerpt: Markup = field(default_factory=Markup)


@dataclass
class Section:
    """What was found of one sort, and whether there is more."""

    sort: str
    found: list[Found]
    more: bool


@dataclass(frozen=True)
class Looking:
    """What is looked for, compiled: `query` for stems, `name` for names; both nothing where only operators are."""

    reader: Person
    query: str
    name: str
    words: Sequence[str]
    narrowing: Narrowing


def look(looking: Looking, sort: str, page: int) -> list[Section]:
    """The sections that hold something: all sorts, or a page (from 1) of one."""
    sections = []
    for name, finder in FINDERS.items():
        if sort and name != sort and not (name == "trades" and sort == PEOPLE):
            continue
        if name in (PEOPLE, SPACES, "trades") and (
            looking.narrowing.concerns_what_is_said or not looking.query
        ):
            continue
        if name == CONVERSATIONS and not looking.query and not sort:
            continue
        most = PAGE if sort else AMONG_ALL[name]
        start = (page - 1) * PAGE if sort else 0
        found, more = finder(looking, start, most)
        if found:
            sections.append(Section(name, found, more))
    return sections


def mark(sections: Sequence[Section], query: str) -> None:
    """Mark the words that this compiled query asks for in all that was found."""
    things = [each for section in sections for each in section.found]
    marker = Marker(query, [text for each in things for text in (each.title, each.text)])
    for each in things:
        each.title_marked, each.excerpt = marker.whole(each.title), marker.excerpt(each.text)


def _cut(rows: "QuerySet[Any, T]", start: int, most: int) -> tuple[list[T], bool]:
    """As many rows from there on, and whether there are more."""
    shown = list(rows[start : start + most + 1])
    return shown[:most], len(shown) > most


def _people(looking: Looking, start: int, most: int) -> tuple[list[Found], bool]:
    """Those whose name holds all the words, by name."""
    if not looking.name:
        return [], False
    named = Person.objects.present().alias(said=SearchName("name")).filter(said=Compiled(looking.name))
    people, more = _cut(named.select_related("unit").in_alphabetical_order(), start, most)
    return [_person(each) for each in people], more


def _trades(looking: Looking, start: int, most: int) -> tuple[list[Found], bool]:
    """Those whose trade, unit or own words hold them all, and whose name does not, by name."""
    if not looking.words or len(looking.words) > MOST_WORDS_OF_TRADES:
        return [], False
    people = Person.objects.present()
    for word in looking.words:
        begins = Compiled(compiling.name(word))
        # Each is asked by its own index.
        named, skilled = (
            Person.objects.alias(said=SearchName(field)).filter(said=begins).values("pk")
            for field in ("name", "title")
        )
        units = Unit.objects.alias(said=SearchName("name")).filter(said=begins).values("pk")
        telling = About.visible_to(looking.reader).saying(word).values("person")
        people = people.filter(Q(pk__in=named) | Q(pk__in=skilled) | Q(unit__in=units) | Q(pk__in=telling))
    if looking.name:
        called = Person.objects.alias(said=SearchName("name")).filter(said=Compiled(looking.name))
        people = people.exclude(pk__in=called.values("pk"))
    shown, more = _cut(people.select_related("unit").in_alphabetical_order(), start, most)
    told = About.visible_to(looking.reader).filter(person__in=shown, field__in=("does", "topics"))
    said = dict(told.order_by("-field").values_list("person", "value"))
    return [_person(each, str(said.get(each.pk, ""))) for each in shown], more


def _person(person: Person, said: str = "") -> Found:
    trade = " · ".join(filter(None, (person.title, person.unit.name if person.unit else "")))
    return Found(PEOPLE, person, url("person", person.pk), person.name, said, where=trade)


def _spaces(looking: Looking, start: int, most: int) -> tuple[list[Found], bool]:
    """Those whose name holds all the words, then those whose sentence does; the latest moved first."""
    here = Space.visible_to(looking.reader).alias(said=SearchName("name"), about_it=SearchWords("about"))
    named = Q(said=Compiled(looking.name)) if looking.name else Q(pk__in=[])
    spaces, more = _cut(
        here.filter(named | Q(about_it=Compiled(looking.query))).order_by("-last_activity_at", "-pk"),
        start,
        most,
    )
    return [Found(SPACES, each, url("space", each.pk), each.name, each.about) for each in spaces], more


def _conversations(looking: Looking, start: int, most: int) -> tuple[list[Found], bool]:
    """Those whose title holds all the words, the latest first."""
    if not looking.query:
        return _shown(CONVERSATIONS, _said(looking).filter(title__isnull=False), None, start, most)
    titled = _anybodys(looking, Said.unscoped.all().titled(looking.query))
    return _shown(
        CONVERSATIONS, _said(looking).titled(looking.query), titled, start, most, looking.narrowing.is_narrow
    )


def _messages(looking: Looking, start: int, most: int) -> tuple[list[Found], bool]:
    """Those that hold all the words and are not found by their title, the latest first."""
    if not looking.query:
        return _shown(MESSAGES, _said(looking), None, start, most)
    title = Compiled(looking.query)
    said = _said(looking).saying(looking.query).exclude(title=title)
    anybodys = _anybodys(looking, Said.unscoped.all().saying(looking.query))
    return _shown(MESSAGES, said, anybodys, start, most, looking.narrowing.is_narrow)


def _anybodys(looking: Looking, said: SaidQuerySet) -> SaidQuerySet:
    """The latest first, whoever may read them, to look through for the reader's."""
    return said.filter(looking.narrowing.of("", "", "written_at", is_by_day=True)).order_by(*LATEST)


def _said(looking: Looking) -> SaidQuerySet:
    narrow = looking.narrowing.of("conversation", "message__author", "written_at")
    return Said.visible_to(looking.reader).filter(narrow).order_by(*LATEST)


def _shown(
    sort: str,
    said: SaidQuerySet,
    anybodys: SaidQuerySet | None,
    start: int,
    most: int,
    is_narrow: bool = False,
) -> tuple[list[Found], bool]:
    """Which ones first, then all there is to them: what is joined to thousands of rows, to show ten, takes its time.

    `anybodys` is the same without a scope: a page of the reader's is most often among the latest few of these.
    """
    ids, more = _ids(said, anybodys, start, most, is_narrow)
    if not ids:
        return [], False
    # Found in the scope a moment ago, in this very request.
    rows = (
        Said.unscoped.order_by(*LATEST)
        .filter(pk__in=ids)
        .defer("title", "words")
        .select_related("message__author", "message__version_in", "message__conversation__space")
    )
    return [_message(sort, each) for each in rows], more


def _ids(
    mine: Any, anybodys: Any, start: int, most: int, is_narrow: bool, key: str = "pk"
) -> tuple[list[int], bool]:
    """The ids of a page of what is the reader's, and whether there is more; `anybodys` is the same without a scope."""
    own = mine.values_list(key, flat=True)
    if anybodys is None:
        return _cut(own, start, most)
    ids, more = list[int](), False
    for few in FEW:
        near = list(anybodys.values_list("pk", flat=True)[:few])
        ids, more = _cut(own.filter(**{f"{key}__in": listed(near)}), start, most) if near else ([], False)
        if more or len(near) < few:
            return ids, more
    # What is narrowed to one space or person may lie further back.
    return _cut(own, start, most) if is_narrow and key == "pk" else (ids, more)


def latest(looking: Looking, since: datetime | None) -> list[Found]:
    """A page of what was said with all the words, in titles as elsewhere, since then; the latest first."""
    said = _said(looking)
    if looking.query:
        said = said.saying(looking.query)
    if since:
        said = said.filter(written_at__gt=since)
    return _shown(MESSAGES, said, None, 0, PAGE)[0]


def _message(sort: str, said: Said) -> Found:
    message = said.message
    conversation = message.conversation
    version = getattr(message, "version_in", None)
    bodies = [message.body, version.body if version else ""]
    return Found(
        sort,
        said,
        url("conversation", conversation.pk) if said.number == 1 else url("message", message.pk),
        conversation.title,
        " ".join(filter(None, map(excerpts.on_one_line, bodies))),
        message.author.name if message.author else "",
        conversation.space.name if conversation.space else "",
        message.written_at,
    )


def _files(looking: Looking, start: int, most: int) -> tuple[list[Found], bool]:
    """Those whose name, description or text hold all the words, the latest brought first."""
    narrow = looking.narrowing.of("message__conversation", "message__author", "message__written_at")
    # The files of a withdrawn message went with it; asking for that here too would look through all messages.
    read = Message.visible_to(looking.reader)
    hung = Attachment.unscoped.filter(narrow, message__in=read, message__setting_aside=None).order_by("-file")
    holding = Filed.unscoped.all().holding(looking.query).order_by("-file") if looking.query else None
    ids, more = _ids(hung, holding, start, most, looking.narrowing.is_narrow, "file")
    here = "file__attachment__message"
    rows = Filed.unscoped.filter(pk__in=ids).order_by("-file").defer("name", "words")
    return [
        _file(each) for each in rows.select_related(f"{here}__author", f"{here}__conversation__space")
    ], more


def _file(filed: Filed) -> Found:
    message = filed.file.attachment.message
    return Found(
        FILES,
        filed.file,
        url("message", message.pk),
        filed.file.name,
        " ".join(filter(None, (filed.file.alt, filed.text or ""))),
        message.author.name if message.author else "",
        message.conversation.title,
        message.written_at,
    )


FINDERS: dict[str, Callable[[Looking, int, int], tuple[list[Found], bool]]] = {
    PEOPLE: _people,
    SPACES: _spaces,
    CONVERSATIONS: _conversations,
    MESSAGES: _messages,
    FILES: _files,
    "trades": _trades,
}
"""Every sort of thing, in the order in which they are shown."""


def is_found(looking: Looking) -> bool:
    """Whether there is anything at all."""
    return any(finder(looking, 0, 1)[0] for finder in FINDERS.values())
