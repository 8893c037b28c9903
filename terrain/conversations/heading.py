"""The head of a conversation's page: where, what, by whom and when; drawn once for everybody."""

from django.utils import translation

from terrain.conversations import additions, settling
from terrain.conversations.cards import told_ago
from terrain.conversations.kinds import kind
from terrain.conversations.thread import Opened
from terrain.people.models import Person
from terrain.web.fragments import Drawn, Kept, slot
from terrain.web.rendering import fragment

_kept = Kept()


def heading(opened: Opened, person: Person, epoch: int) -> Drawn:
    """The head of the page, with how long ago it was opened in this person's time, and whether it is settling in."""
    key = opened.id, opened.version, opened.openness, translation.get_language(), epoch
    drawn = _kept.one(key, lambda: _draw(opened))
    told = {"ago": told_ago(person), "settling": settling.badge()}
    return Drawn.of(drawn.fill(told | additions.fillers([drawn], person, [opened.id])))


def _draw(opened: Opened) -> str:
    head = fragment("conversations/_heading.html", opened=opened, kind=kind(opened.kind), slot=slot)
    return head + additions.above(opened.id, opened.kind)
