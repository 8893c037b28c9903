"""A conversation's card in a list: drawn once for everybody, finished for each reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone, translation

from terrain.conversations import additions
from terrain.conversations.excerpts import excerpt
from terrain.conversations.feed import Listed
from terrain.conversations.kinds import kind
from terrain.conversations.signs import Sign, pressed_in, signs
from terrain.people.models import Person
from terrain.web.fragments import Drawn, Kept, constant, slot
from terrain.web.moments import since
from terrain.web.rendering import fragment

CARDS = """
    select c.id, c.kind, c.title, c.opened_at, c.message_count - c.vanished_count, c.voice_count,
        s.id, s.name, a.id, a.name, f.id, fs.id is not null, coalesce(fv.body, f.body),
        l.number, coalesce(lv.body, l.body), la.name,
        (select json_agg(json_build_array(emoji, n) order by n desc, emoji) from (
            select emoji, count(*) as n from conversations_reaction where message_id = f.id group by emoji) r), {held}
    from conversations_conversation c
    left join spaces_space s on s.id = c.space_id
    left join people_person a on a.id = c.author_id
    join conversations_message f on f.conversation_id = c.id and f.number = 1
    left join conversations_setting_aside fs on fs.message_id = f.id
    left join conversations_version fv on fv.message_id = f.id and fv.language = %(language)s
    left join lateral (
        select x.id, x.number, x.body, x.author_id from conversations_message x
        left join conversations_withdrawal w on w.message_id = x.id
        left join conversations_setting_aside y on y.message_id = x.id
        where x.conversation_id = c.id and x.number > 1 and w.id is null and y.id is null
        order by x.number desc limit 1) l on true
    left join people_person la on la.id = l.author_id
    left join conversations_version lv on lv.message_id = l.id and lv.language = %(language)s
    where c.id = any(%(ids)s)
"""

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
    space_id: int | None
    space: str | None
    author_id: int | None
    author: str | None
    first_id: int
    is_aside: bool
    """Whether the words that opened it are set aside."""
    said: str
    last_number: int | None
    last: str
    last_author: str | None
    signs: Sequence[Sign]


def cards(listed: Sequence[Listed], person: Person, epoch: int) -> Drawn:
    """The cards of a list, as this person sees them: one question at most, for those not drawn yet."""
    language, told = translation.get_language() or "en", told_ago(person)
    keys: dict[int, Key] = {each.id: (each.id, each.version, language, epoch) for each in listed}
    drawn = _kept.get(keys.values(), _draw)
    added = additions.fillers(drawn.values(), person, [each.id for each in listed])
    shown: list[bytes] = []
    for each in listed:
        if card := drawn.get(keys[each.id]):
            new = NEW if each.is_new else READ
            own = {"new": new, "ago": told, "sign": pressed_in(each.own_emojis)}
            shown.append(card.fill(own | added))
    return Drawn.of(b"".join(shown))


def told_ago(person: Person) -> Callable[[str], bytes]:
    """Fills the slots that say how long ago: their argument is a moment in seconds since 1970."""
    say = since(timezone.now(), person.zone)
    return lambda at: say(float(at)).encode()


def _draw(keys: list[Key]) -> Mapping[Key, str]:
    """Draw these cards; a conversation that has moved on meanwhile is drawn as it is now."""
    by_id = {key[0]: key for key in keys}
    with connection.cursor() as cursor:
        asked = CARDS.format(held=additions.held_by_conversation("c.id"))
        cursor.execute(asked, {"ids": list(by_id), "language": translation.get_language()})
        rows = cursor.fetchall()
    found = [_card(row[:-1]) for row in rows]
    # What hangs on words that are set aside is out of sight with them.
    feet = additions.at_the_foot(
        {card.id: row[-1] for card, row in zip(found, rows, strict=True) if not card.is_aside}
    )
    return {
        by_id[card.id]: fragment(
            "conversations/_card.html", slot=slot, card=card, kind=kind(card.kind), foot=feet.get(card.id, "")
        )
        for card in found
    }


def _card(row: Sequence[Any]) -> Card:
    *plain, said, last_number, last, last_author, counts = row
    words = excerpt(said, without=row[2]), last_number, excerpt(last or ""), last_author
    shown: list[Any] = [*plain, *words, signs(counts)[:4]]
    return Card(*shown)
