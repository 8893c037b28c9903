"""What a digest says: whole messages, by kind, in the language of who gets it, with how long they take to read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from markupsafe import Markup

from terrain.conversations.kinds import Kind, kind
from terrain.conversations.unread import Unread, minutes, whole
from terrain.conversations.writing import is_wordless
from terrain.notifications.addresses import to_conversations
from terrain.notifications.hours import Often
from terrain.notifications.mails import STOP_DIGESTS, envelope, site, stop_address
from terrain.notifications.outbox import Mail
from terrain.people.models import Person
from terrain.people.organisation import organisation
from terrain.web import markup
from terrain.web.rendering import fragment, url

OWN_ADDRESS = re.compile(r'(?<=<a )href="(?=/)')
WHOLE = 400
"""Words of a conversation after which its further messages are counted; a message begun is said whole."""
LONGEST = 20_000
"""Characters of a message that is longer than a mail can be; the rest of it is one press away."""


@dataclass(frozen=True)
class Said:
    """A message in a digest."""

    author: str
    html: str
    text: str
    is_cut: bool


@dataclass(frozen=True)
class Item:
    """A conversation in a digest: what was said, whole, and how many messages more there are."""

    conversation_id: int
    title: str
    space: str | None
    address: str
    messages: Sequence[Said]
    more: int
    words: int

    @property
    def answer(self) -> str:
        """Where it is answered."""
        return f"{self.address}#write"


@dataclass(frozen=True)
class Section:
    """The conversations of one kind."""

    label: str | Promise
    items: Sequence[Item]


def digest_mail(
    person: Person, often: Often, chosen: Sequence[Unread], since: datetime, at: datetime
) -> Mail:
    """One mail of these conversations, not saved."""
    language = person.language or settings.LANGUAGE_CODE
    with translation.override(language):
        items = {each.conversation_id: item(each, language, since) for each in chosen}
        sections = _sections(chosen, items)
        stop = stop_address(person, STOP_DIGESTS)
        took = minutes(sum(each.words for each in items.values()))
        title = _("Your digest of the week") if often == Often.WEEKLY else _("Your digest of the day")
        said = {
            "person": person,
            "title": title,
            "sections": sections,
            "by_mail": to_conversations(person, items),
            "minutes": took,
            "site": site(),
            "stop": stop,
        }
        return Mail(
            person=person,
            subject=_("%(title)s · %(here)s · %(n)s min to read")
            % {"title": title, "here": organisation().name, "n": took},
            text=str(fragment("notifications/digest_mail.txt", **said)),
            html=str(fragment("notifications/digest_mail.html", **said)),
            headers=envelope(stop, f"digest-{person.pk}-{int(at.timestamp())}"),
            made_at=at,
            due_at=at,
        )


def _sections(chosen: Iterable[Unread], items: Mapping[int, Item]) -> Sequence[Section]:
    """By kind, those that come first before the others; in each, in the order in which they were chosen."""
    by_kind: dict[type[Kind] | None, list[Item]] = {}
    for each in chosen:
        by_kind.setdefault(kind(each.kind), []).append(items[each.conversation_id])
    order = sorted(by_kind, key=lambda of: (not (of and of.comes_first), of.order if of else 99))
    return [Section(of.together if of else _("Conversations"), by_kind[of]) for of in order]


def item(each: Unread, language: str, since: datetime) -> Item:
    """What somebody has not read of a conversation that they may read; made once for all who have read as far."""
    return _item(each.conversation_id, each.version, each.first_number, each.messages, language, since)


@lru_cache(maxsize=2000)
def _item(pk: int, _version: int, first: int, count: int, language: str, since: datetime) -> Item:
    title, space, said = whole(pk, first, language, since, count)
    messages: list[Said] = []
    words = 0
    for author, body in said:
        if messages and words >= WHOLE:
            break
        messages.append(_said(author, body))
        words += len(messages[-1].text.split())
    return Item(pk, title, space, url("conversation", pk), messages, max(count - len(messages), 0), words)


def _said(author: str | None, body: str) -> Said:
    is_cut = len(body) > LONGEST
    html = markup.clean(body[:LONGEST]) if is_cut else body
    if is_wordless(html):
        html = markup.from_text(_("A picture or a file, to be seen in Terrain."))
    # Addresses of pages begin with this Terrain's own: a mail has none.
    html = OWN_ADDRESS.sub(rf"\g<0>{site()}", html)
    return Said(author or _("A former colleague"), Markup(html), markup.to_text(html).strip(), is_cut)
