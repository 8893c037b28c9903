"""A report: somebody says that a message goes too far, and gets an answer within two working days."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terrain.conversations.models import Message
from terrain.people.concerning import Concerns
from terrain.people.days import working_days_after
from terrain.people.models import Person
from terrain.reports.reasons import Reason
from terrain.web.events import tell
from terrain.web.refusing import Refused

ANSWERED_WITHIN = 2
"""Working days."""
LONGEST = 600
MOST, A_DAY = 20, timedelta(days=1)


class TooMany(Refused):
    """Twenty reports of one person in a day."""

    status = 429
    sentence = _("You have reported twenty messages within a day. Write to whoever looks after the space.")


class OwnWords(Refused):
    """One's own message is withdrawn, not reported."""

    sentence = _("These are your own words: you can edit them, or withdraw them.")


class Report(models.Model):
    """Somebody reports a message, and who wrote it never learns who.

    `message` is None once its conversation is gone. `answer` says what was decided, "" where the author took their
    words back before.
    """

    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason)
    sentence = models.TextField(blank=True)
    made_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_report"
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint("message", "person", name="reports_report_once"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="reports_report_reason"),
        ]

    @property
    def reads(self) -> str:
        """Its reason, in words."""
        return str(Reason(self.reason).label)


@transaction.atomic
def report(message: Message, person: Person, reason: Reason, at: datetime | None = None) -> Report:
    """Report a message; the same person's second report of it changes the reason, as long as nobody has answered.

    Raises OwnWords, TooMany.
    """
    at = at or timezone.now()
    if message.author_id == person.pk:
        raise OwnWords
    own = Report.objects.filter(person=person)
    made = own.filter(message=message).first()
    if made is None:
        if own.filter(made_at__gt=at - A_DAY).count() >= MOST:
            raise TooMany
        due_at = working_days_after(at, ANSWERED_WITHIN)
        return Report.objects.create(message=message, person=person, reason=reason, made_at=at, due_at=due_at)
    if made.answered_at is None and made.reason != reason:
        made.reason = reason
        made.save(update_fields=["reason"])
    return made


def waiting(message: Message) -> "models.QuerySet[Report]":
    """The reports of a message that nobody has answered, the oldest first."""
    return Report.objects.filter(message=message, answered_at=None).order_by("made_at", "pk")


@transaction.atomic
def answer(message: Message, person: Person | None, words: str, at: datetime | None = None) -> int:
    """Tell everybody who reported a message what was decided; how many they are."""
    answered = {"answer": words, "answered_by": person, "answered_at": at or timezone.now()}
    reports = list(waiting(message).values_list("pk", "person"))
    waiting(message).filter(pk__in=[pk for pk, _ in reports]).update(**answered)
    for pk, reporter in reports:
        tell(Concerns(reporter, "report", pk))
    return len(reports)
