"""What waits for somebody: reports without an answer, settings aside to confirm, appeals to hear."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from terrain.conversations.message import MessageQuerySet
from terrain.conversations.models import Message
from terrain.people.models import Person
from terrain.people.steward import is_steward
from terrain.reports.appealing import Appeal
from terrain.reports.deciding import Decision
from terrain.reports.report import Report
from terrain.spaces.care import looked_after_by

MOST = 50


@dataclass(frozen=True)
class Matter:
    """A message about which this person has something to do, until when; how many have reported it."""

    message: Message
    reports: int
    until: datetime
    is_aside: bool
    is_appeal: bool


def matters(person: Person, spaces: Collection[int] | None = None) -> list[Matter]:
    """What waits for this person, what is due first on top; of these spaces alone, where some are named."""
    here = _to_decide(person)
    if spaces is not None:
        here = here.filter(conversation__space__in=spaces)
    reported = Report.objects.filter(answered_at=None, message__in=here.standing()).order_by()
    aside = Decision.objects.filter(ended_at=None, confirmed_at=None, message__in=here).exclude(first=person)
    appeals = Appeal.objects.filter(judged_at=None, decision__ended_at=None, decision__message__in=here)
    appeals = appeals.exclude(decision__first=person).exclude(decision__second=person)
    found: dict[int, tuple[int, datetime, bool, bool]] = {}
    for pk, count, due in reported.values_list("message").annotate(Count("pk"), Min("due_at"))[:MOST]:
        found[pk] = count, due, False, False
    for pk, until in aside.values_list("message", "until")[:MOST]:
        found[pk] = 0, until, True, False
    for pk, until in appeals.values_list("decision__message", "until")[:MOST]:
        found[pk] = 0, until, True, True
    said = Message.visible_to(person).filter(pk__in=found).select_related("author", "conversation__space")
    return sorted(
        (Matter(each, *found[each.pk]) for each in said), key=lambda each: (each.until, each.message.pk)
    )


def _to_decide(person: Person) -> MessageQuerySet:
    """The messages that this person reads and may decide about."""
    seen = Message.visible_to(person).exclude(conversation__space=None).exclude(author=person)
    return seen if is_steward(person) else seen.filter(conversation__space__in=looked_after_by(person))
