"""The answer to an idea: one of four verdicts, with a reason that the database asks for, by who decides."""

from datetime import date, datetime
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from terrain.conversations import additions
from terrain.ideas.debt import Debt, NotYours
from terrain.ideas.idea import Support
from terrain.people.concerning import Concerns, NoLonger
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived
from terrain.web.events import tell

SHORTEST, SHORTEST_NO, LONGEST = 20, 200, 5000

models.TextField.register_lookup(Length)


class Verdict(models.TextChoices):
    """What was decided. That it is for somebody else to decide is no verdict: `debt.hand_over`."""

    KEPT = "kept", pgettext_lazy("verdict", "Kept")
    TRIAL = "trial", pgettext_lazy("verdict", "On trial")
    LATER = "later", pgettext_lazy("verdict", "Later")
    NO = "no", pgettext_lazy("verdict", "No")


class Answer(models.Model):
    """What who decides answered, and why: plain text. `later_on` is the day on which it is looked at again."""

    debt = models.OneToOneField(Debt, on_delete=models.CASCADE, primary_key=True, related_name="answer")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField()
    later_on = models.DateField(null=True)
    answered_at = models.DateTimeField()

    class Meta:
        db_table = "ideas_answer"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="ideas_answer_verdict"),
            models.CheckConstraint(
                condition=Q(reason__length__gte=SHORTEST)
                & (~Q(verdict=Verdict.NO) | Q(reason__length__gte=SHORTEST_NO)),
                name="ideas_answer_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.LATER, later_on__isnull=False)
                | (~Q(verdict=Verdict.LATER) & Q(later_on=None)),
                name="ideas_answer_later_has_its_day",
            ),
        ]

    @property
    def says(self) -> str:
        """The verdict, in words."""
        return str(Verdict(self.verdict).label)

    @property
    def days(self) -> int:
        """How many days it took from when it was owed."""
        return max(0, (self.answered_at - self.debt.owed_at).days)


@transaction.atomic
def answer(
    debt: Debt,
    person: Person,
    verdict: Verdict,
    reason: str,
    later_on: date | None = None,
    at: datetime | None = None,
) -> Answer:
    """Answer an idea, once, for good, with a reason that everybody reads; its author and supporters are told.

    Raises NotYours for anybody but who decides, and once it is answered; ArchivedSpace.
    """
    held = Debt.unscoped.select_for_update(of=("self",)).filter(pk=debt.pk, decider=person).first()
    if held is None or Answer.objects.filter(debt=held).exists():
        raise NotYours
    here = debt.idea.conversation
    refuse_if_archived(here.space_id)
    made = Answer.objects.create(
        debt=held,
        person=person,
        verdict=verdict,
        reason=reason,
        later_on=later_on,
        answered_at=at or timezone.now(),
    )
    tell(NoLonger("owed", debt.pk, person.pk))
    behind = set(Support.objects.filter(idea=debt.idea).values_list("person", flat=True))
    for each in sorted((behind | {here.author_id or 0}) - {0, person.pk}):
        tell(Concerns(each, "answered", debt.pk))
    additions.changed(here.pk, here.space_id)
    return made


def median_days(since: datetime) -> float | None:
    """How many days half of the answers since then took at most; None where there are none."""
    took = Answer.objects.filter(answered_at__gte=since).annotate(took=F("answered_at") - F("debt__owed_at"))
    days = sorted(each.days for each in took.values_list("took", flat=True))
    return days[len(days) // 2] if days else None
