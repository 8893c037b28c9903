"""What upper folders show inside a conversation and its card, without being known here.

A part that looks the same to everybody is drawn with the conversation and kept with it: whoever changes what it shows
calls `changed`, in the same transaction. What is the reader's own in it is a slot of its own name (`web.fragments`),
filled for each reader, and asked for only where the slot is there. A part that names its table is asked only where the
table holds something of the message or the conversation, and so costs nothing where it shows nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import F
from markupsafe import Markup

from terrain.conversations.conversation import Conversation
from terrain.conversations.events import Changed
from terrain.people.models import Person
from terrain.web.events import tell
from terrain.web.fragments import Fragment

Part = Callable[[Sequence[int]], Mapping[int, Markup]]
"""From the ids of messages, or of conversations, what is shown with some of them, by the id."""
Above = Callable[[int], Markup | str]
"""From the id of a conversation, what stands on top of it."""
Filler = Callable[[Person, Collection[int]], Callable[[str], bytes]]
"""From a reader and the ids of the conversations on the page, what fills a slot, by the slot's argument."""


class Placed(NamedTuple):
    """A part in its order; `table` is where what it shows is kept, "" where it has to be asked each time."""

    order: int
    table: str
    draw: Part


_below: list[Placed] = []
_folds: list[Placed] = []
_in_place: list[Part] = []
_feet: list[Placed] = []
_above: list[tuple[int, str, Above]] = []
_fillers: dict[str, Filler] = {}


def under_messages(order: int = 50, table: str = "") -> Callable[[Part], Part]:
    """Show what the decorated function draws under messages; one question at most for all of them.

    `table` is the one, with a column `message_id`, that holds something of each message where there is any to draw.
    """
    return lambda draw: _placed(_below, order, table, draw)


def folds(table: str) -> Callable[[Part], Part]:
    """Fold messages: what the decorated function draws for some says why, and a press unfolds their words.

    `table` is the one, with a column `message_id`, that holds a row for each of them.
    """
    return lambda draw: _placed(_folds, 0, table, draw)


def in_place(draw: Part) -> Part:
    """Show what the decorated function draws in place of messages that are set aside."""
    _in_place.append(draw)
    return draw


def on_cards(order: int = 50, table: str = "") -> Callable[[Part], Part]:
    """Show what the decorated function draws at the foot of cards; the same, by a column `conversation_id`."""
    return lambda draw: _placed(_feet, order, table, draw)


def on_top(order: int = 50, kind: str = "") -> Callable[[Above], Above]:
    """Show what the decorated function draws above the messages of a conversation, of this kind where one is named."""

    def register(draw: Above) -> Above:
        _above.append((order, kind, draw))
        _above.sort(key=lambda placed: placed[0])
        return draw

    return register


def filler(slot: str) -> Callable[[Filler], Filler]:
    """Fill the slots of this name with what the decorated function gives for a reader; one question at most."""

    def register(fill: Filler) -> Filler:
        _fillers[slot] = fill
        return fill

    return register


def _placed(shelf: list[Placed], order: int, table: str, draw: Part) -> Part:
    shelf.append(Placed(order, table, draw))
    shelf.sort(key=lambda placed: placed.order)
    return draw


def held_by_message(column: str) -> str:
    """SQL for the names of the tables that hold something of the message whose id is in this column."""
    return _held([*_below, *_folds], "message_id", column)


def held_by_conversation(column: str) -> str:
    """The same for a conversation."""
    return _held(_feet, "conversation_id", column)


def _held(shelf: Iterable[Placed], key: str, column: str) -> str:
    tables = sorted({placed.table for placed in shelf if placed.table})
    each = [
        f"case when exists (select from {table} held where held.{key} = {column}) then '{table}' end"
        for table in tables
    ]
    return f"array_remove(array[{', '.join(each)}]::text[], null)"


Held = Mapping[int, Collection[str]]
"""The tables that hold something of a message or a conversation, by its id."""


def below(messages: Held) -> Mapping[int, Markup]:
    """What stands under each of these messages, by its id."""
    return _joined(_below, messages)


def folded(messages: Held) -> Mapping[int, Markup]:
    """Why each of these messages is folded, by its id, of those that are."""
    return _joined(_folds, messages)


def standing_for(messages: Sequence[int]) -> Mapping[int, Markup]:
    """What stands in place of each of these messages, which are set aside, by its id."""
    return {pk: html for draw in _in_place for pk, html in draw(messages).items()} if messages else {}


def at_the_foot(conversations: Held) -> Mapping[int, Markup]:
    """What stands at the foot of the card of each of these conversations, by its id."""
    return _joined(_feet, conversations)


def above(conversation: int, kind: str) -> Markup:
    """All that stands on top of a conversation of this kind."""
    return Markup("").join(draw(conversation) for _, only, draw in _above if only in ("", kind))


def _joined(shelf: Iterable[Placed], things: Held) -> Mapping[int, Markup]:
    joined: dict[int, Markup] = defaultdict(Markup)
    for placed in shelf:
        ids = [pk for pk, tables in things.items() if not placed.table or placed.table in tables]
        for pk, html in placed.draw(ids).items() if ids else ():
            joined[pk] += html
    return joined


def fillers(
    fragments: Iterable[Fragment], person: Person, conversations: Collection[int]
) -> dict[str, Callable[[str], bytes]]:
    """What fills the slots of these fragments that upper folders put there."""
    names = _fillers.keys() & frozenset[str]().union(*(each.names for each in fragments))
    return {name: _fillers[name](person, conversations) for name in names}


def changed(conversation_id: int, space_id: int | None) -> None:
    """Something shown in this conversation is no longer what it was: it is drawn anew, on open pages too."""
    Conversation.unscoped.filter(pk=conversation_id).update(version=F("version") + 1)
    tell(Changed(conversation_id, space_id))
