"""A conversation's card in a list: drawn once for everybody, finished for each reader."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone, translation

from terrain.conversations.feed import Listed
from terrain.conversations.kinds import kind
from terrain.conversations.signs import Sign, pressed_in, signs
from terrain.people.models import Person
from terrain.web import markup
from terrain.web.fragments import Drawn, Kept, constant, slot
from terrain.web.moments import since
from terrain.web.rendering import fragment

CARDS = """
    select c.id, c.kind, c.title, c.opened_at, c.message_count, c.voice_count,
        s.id, s.name, a.id, a.name, f.id, f.body, l.number, l.body, la.name,
        (select json_agg(json_build_array(emoji, n) order by n desc, emoji) from (
            select emoji, count(*) as n from conversations_reaction where message_id = f.id group by emoji) r)
    from conversations_conversation c
    join spaces_space s on s.id = c.space_id
    left join people_person a on a.id = c.author_id
    join conversations_message f on f.conversation_id = c.id and f.number = 1
    left join conversations_message l
        on l.conversation_id = c.id and l.number = c.message_count and c.message_count > 1
    left join people_person la on la.id = l.author_id
    where c.id = any(%s)
"""
EXCERPT = 280

Key = tuple[int, int, str, int]
"""A conversation, its version, a language, the organisation's epoch."""

_kept = Kept()
NEW, READ = constant(" new"), constant("")


@dataclass(frozen=True)
class Card:
    """What a card shows to everybody."""

    id: int
    kind: str
    title: str
    opened_at: datetime
    message_count: int
    voice_count: int
    space_id: int
    space: str
    author_id: int | None
    author: str | None
    first_id: int
    said: str
    last_number: int | None
    last: str
    last_author: str | None
    signs: Sequence[Sign]


def cards(listed: Iterable[Listed], person: Person, epoch: int) -> Drawn:
    """The cards of a list, as this person sees them: one question at most, for those not drawn yet."""
    language, told = translation.get_language() or "en", told_ago(person)
    keys: dict[int, Key] = {each.id: (each.id, each.version, language, epoch) for each in listed}
    drawn = _kept.get(keys.values(), _draw)
    shown: list[bytes] = []
    for each in listed:
        if card := drawn.get(keys[each.id]):
            new = NEW if each.is_new else READ
            shown.append(card.fill({"new": new, "ago": told, "sign": pressed_in(each.own_emojis)}))
    return Drawn.of(b"".join(shown))


def told_ago(person: Person) -> Callable[[str], bytes]:
    """Fills the slots that say how long ago: their argument is a moment in seconds since 1970."""
    say = since(timezone.now(), person.zone)
    return lambda at: say(float(at)).encode()


def _draw(keys: list[Key]) -> Mapping[Key, str]:
    """Draw these cards; a conversation that has moved on meanwhile is drawn as it is now."""
    by_id = {key[0]: key for key in keys}
    with connection.cursor() as cursor:
        cursor.execute(CARDS, [list(by_id)])
        rows = cursor.fetchall()
    return {
        by_id[row[0]]: fragment("conversations/_card.html", slot=slot, card=_card(row), kind=kind(row[1]))
        for row in rows
    }


def _card(row: Sequence[Any]) -> Card:
    *plain, said, last_number, last, last_author, counts = row
    words = excerpt(said, without=row[2]), last_number, excerpt(last or ""), last_author
    shown: list[Any] = [*plain, *words, signs(counts)[:4]]
    return Card(*shown)


def excerpt(body: str, without: str = "") -> str:
    """The first words of a message on one line, those of its title left out where it begins with them."""
    text = markup.on_one_line(markup.to_text(body))
    title = without.rstrip("…")
    if title and text.startswith(title):
        rest = text[len(title) :].lstrip()
        return "" if not rest.strip(" .!?…") else "… " + _cut(rest)
    return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + "…"
