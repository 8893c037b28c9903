"""An appeal: the author asks once more, and somebody else than the two who decided looks at it again."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terrain.conversations.models import Message
from terrain.people.models import Person
from terrain.people.power import done
from terrain.reports.acts import NOT_HEARD, REVERSED, UPHELD
from terrain.reports.deciding import Decision, Ending, end
from terrain.reports.handling import NotAlone, role_of
from terrain.reports.telling import tell_author, told_again
from terrain.web.refusing import Refused

HEARD_WITHIN = timedelta(days=7)
"""A message whose author was not heard in this time comes back by itself."""


class NothingToAppeal(Refused):
    """It is not set aside by two people, or was looked at again already."""

    sentence = _(
        "There is nothing to look at again: it is not confirmed yet, or somebody has answered already."
    )


class Appeal(models.Model):
    """The author of a message asks that somebody else looks at it again, and why; `judge` is who did.

    Nobody is the judge of a decision in which they had a part.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    words = models.TextField()
    made_at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()
    judge = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    said = models.TextField(blank=True)
    is_granted = models.BooleanField(null=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_appeal"
        ordering = ("made_at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(judged_at=None, is_granted=None)
                | Q(judged_at__isnull=False, is_granted__isnull=False),
                name="reports_appeal_is_granted_or_not",
            )
        ]


@transaction.atomic
def appeal(message: Message, person: Person, words: str, at: datetime | None = None) -> Appeal:
    """Ask that somebody else looks at one's own message again; raises NothingToAppeal, the second time too."""
    at = at or timezone.now()
    decision = (
        Decision.objects.select_for_update(of=("self",))
        .filter(
            message=message, message__author=person, ended_at=None, confirmed_at__isnull=False, appeal=None
        )
        .first()
    )
    if decision is None:
        raise NothingToAppeal
    return Appeal.objects.create(decision=decision, words=words, made_at=at, until=at + HEARD_WITHIN)


@transaction.atomic
def judge(
    message: Message, person: Person, words: str, *, is_granted: bool, at: datetime | None = None
) -> None:
    """Look at it again, in public: the message is back, or stays set aside; its author is told why, in `words`.

    Raises NotAlone for the two who decided and for who may not decide; NothingToAppeal.
    """
    at = at or timezone.now()
    here = (
        Appeal.objects.select_for_update(of=("self",))
        .select_related("decision")
        .filter(decision__message=message, decision__ended_at=None, judged_at=None)
        .first()
    )
    if here is None:
        raise NothingToAppeal
    if person.pk in (here.decision.first_id, here.decision.second_id) or role_of(person, message) is None:
        raise NotAlone
    here.judge, here.said, here.is_granted, here.judged_at = person, words, is_granted, at
    here.save(update_fields=["judge", "said", "is_granted", "judged_at"])
    if is_granted:
        end(here.decision, Ending.REVERSED, REVERSED, person, at)
    else:
        done(UPHELD, person, "message", message.pk, here.decision.reason)
    tell_author(message, person, told_again(message, is_back=is_granted, words=words))


def let_unheard_back(at: datetime | None = None) -> int:
    """Give back what nobody looked at again in time; how many messages."""
    at = at or timezone.now()
    late = Appeal.objects.filter(judged_at=None, until__lte=at, decision__ended_at=None)
    return sum(_unheard(each.pk, at) for each in late.exclude(decision__message=None).order_by("until", "pk"))


@transaction.atomic
def _unheard(pk: int, at: datetime) -> bool:
    here = (
        Appeal.objects.select_for_update(of=("self",))
        .select_related("decision")
        .filter(pk=pk, judged_at=None, decision__ended_at=None)
        .first()
    )
    if here is None:
        return False
    here.is_granted, here.judged_at = True, at
    here.save(update_fields=["is_granted", "judged_at"])
    end(here.decision, Ending.UNHEARD, NOT_HEARD, None, at)
    return True
