"""The list of ideas: of what one may read, by state and by space, and what is owed."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from terrain.ideas.idea import Idea, IdeaQuerySet
from terrain.ideas.models import Debt
from terrain.people.models import Person

PAGE = 30
STATES = {
    "": pgettext_lazy("ideas", "All"),
    "proposed": pgettext_lazy("ideas", "Proposed"),
    "owed": pgettext_lazy("ideas", "Answer owed"),
    "late": pgettext_lazy("ideas", "Late"),
    "kept": pgettext_lazy("ideas", "Kept"),
    "trial": pgettext_lazy("ideas", "On trial"),
    "later": pgettext_lazy("ideas", "Later"),
    "no": pgettext_lazy("ideas", "No"),
}


def listed(
    person: Person, state: str = "", space: int | None = None, before: int | None = None
) -> tuple[Sequence[Idea], int | None]:
    """A page of the ideas that this person may read, the latest first, and what to ask for the next one with."""
    found = Idea.visible_to(person)
    if space is not None:
        found = found.filter(conversation__space=space)
    if before is not None:
        found = found.filter(pk__lt=before)
    related = ("conversation__space", "conversation__author", "debt__decider", "debt__answer")
    rows = list(_in(found, state, timezone.now()).select_related(*related).order_by("-pk")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None


def _in(found: IdeaQuerySet, state: str, at: datetime) -> IdeaQuerySet:
    match state:
        case "proposed":
            return found.filter(debt=None)
        case "owed":
            return found.filter(debt__isnull=False, debt__answer=None)
        case "late":
            return found.filter(debt__due_at__lt=at, debt__answer=None)
        case "kept" | "trial" | "later" | "no":
            return found.filter(debt__answer__verdict=state)
    return found


def late(person: Person, at: datetime | None = None) -> Sequence[Debt]:
    """All that is overdue of what this person may read, the longest first: it is there for everybody."""
    found = Debt.visible_to(person).open().filter(due_at__lt=at or timezone.now())
    related = ("decider", "extension", "idea__conversation__space", "idea__conversation__author")
    return list(found.select_related(*related).annotate(title=F("idea__conversation__title"))[:500])
