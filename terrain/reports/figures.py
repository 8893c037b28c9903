"""What comes of reports, in numbers that everybody reads: of the last twelve months."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from terrain.reports.appealing import Appeal
from terrain.reports.deciding import Decision, Ending
from terrain.reports.report import Report

A_YEAR = timedelta(days=365)
FEWEST = 5
"""Of fewer reports nothing more is said: their number alone could tell who made them."""


@dataclass(frozen=True)
class Figures:
    """`reports` made, `answered` of them, `in_time` of these within two working days; `None` while reports are fewer
    than five. What was set aside stands in the public log one by one, and is counted as it is.
    """

    reports: int | None
    answered: int
    in_time: int
    set_aside: int
    confirmed: int
    came_back: int
    """Given back before it was confirmed, by somebody or by itself."""
    appeals: int
    granted: int
    """Appeals after which the message came back, those that nobody heard in time among them."""


def figures(at: datetime | None = None) -> Figures:
    """Of the twelve months before; three questions."""
    since = (at or timezone.now()) - A_YEAR
    answered = Q(answered_at__isnull=False)
    made = Report.objects.filter(made_at__gt=since).aggregate(
        reports=Count("pk"),
        answered=Count("pk", filter=answered),
        in_time=Count("pk", filter=answered & Q(answered_at__lte=F("due_at"))),
    )
    decided = Decision.objects.filter(made_at__gt=since).aggregate(
        set_aside=Count("pk"),
        confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)),
        came_back=Count("pk", filter=Q(ending__in=(Ending.LAPSED, Ending.GIVEN_BACK))),
    )
    heard = Appeal.objects.filter(made_at__gt=since).aggregate(
        appeals=Count("pk"), granted=Count("pk", filter=Q(is_granted=True))
    )
    if made["reports"] < FEWEST:
        made = {"reports": None, "answered": 0, "in_time": 0}
    return Figures(**made, **decided, **heard)
