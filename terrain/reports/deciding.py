"""Setting a message aside takes two people: what one does alone comes back by itself after a day."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from terrain.conversations import additions, setting_aside
from terrain.conversations.message import NotStanding
from terrain.conversations.models import Message
from terrain.conversations.settling import leave_in_peace
from terrain.people.models import Person
from terrain.people.power import Act, done
from terrain.reports.acts import CAME_BACK, CONFIRMED, GIVEN_BACK, SET_ASIDE
from terrain.reports.handling import NotAlone, role_of
from terrain.reports.reasons import AGAINST_THE_LAW, Reason
from terrain.reports.report import answer
from terrain.reports.telling import tell_author, told_aside, told_confirmed

ALONE = timedelta(hours=24)
"""How long a message is set aside by one person."""


class Ending(models.TextChoices):
    """How it ended that a message was set aside."""

    LAPSED = "lapsed", "lapsed"
    """Nobody confirmed it in time."""
    GIVEN_BACK = "given back", "given back"
    """One of those who may decide gave it back before."""
    REVERSED = "reversed", "reversed"
    """Somebody else gave it back on appeal."""
    UNHEARD = "unheard", "unheard"
    """Nobody answered the appeal in time."""
    WITHDRAWN = "withdrawn", "withdrawn"
    """Its author took it back."""


class Decision(models.Model):
    """A message is set aside by `first`, as a host or a steward, `until` a second person confirms it; or was.

    `said` and `second_said` are for the author and for who reported; the log has the reason alone. `message` is None
    once its conversation is gone.
    """

    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason)
    role = models.CharField(max_length=10)
    first = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    said = models.TextField()
    made_at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()
    second = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    second_said = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=20, blank=True, choices=Ending)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reports_decision"
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "message", name="reports_decision_one_at_a_time", condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                condition=Q(first=None) | Q(second=None) | ~Q(first=F("second")),
                name="reports_decision_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | Q(ended_at__isnull=False) & ~Q(ending=""),
                name="reports_decision_says_how_it_ended",
            ),
        ]

    @property
    def reads(self) -> str:
        """Its reason, in words."""
        return str(Reason(self.reason).label)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


def standing(message: Message) -> Decision | None:
    """The decision by which a message is set aside now."""
    return Decision.objects.filter(message=message, ended_at=None).select_related("first", "second").first()


@transaction.atomic
def set_aside(
    message: Message, person: Person, reason: Reason, words: str, at: datetime | None = None
) -> Decision:
    """Set a message aside for a day, in public; its author is told why, in `words`, by this person.

    Raises NotAlone for who may not decide about it; NotStanding; StillSettling in the first three days of a
    conversation where the reason names nothing that the law forbids.
    """
    at = at or timezone.now()
    role = role_of(person, message)
    if role is None:
        raise NotAlone
    if reason not in AGAINST_THE_LAW:
        leave_in_peace(message.conversation, person, at)
    title = message.conversation.title
    if not setting_aside.set_aside(message):
        raise NotStanding
    made = Decision.objects.create(
        message=message, reason=reason, role=role, first=person, said=words, made_at=at, until=at + ALONE
    )
    done(SET_ASIDE, person, "message", message.pk, str(reason))
    tell_author(message, person, told_aside(message, title, reason, words))
    return made


@transaction.atomic
def confirm(decision: Decision, person: Person, words: str, at: datetime | None = None) -> None:
    """A second person confirms it, with a reason that the author and whoever reported it are told; twice is once.

    Raises NotAlone for who set it aside, and for who may not decide; NotStanding where it came back meanwhile.
    """
    here = _held(decision)
    message = _message(here)
    if here.first_id == person.pk or role_of(person, message) is None:
        raise NotAlone
    if here.is_confirmed:
        return
    here.second, here.second_said, here.confirmed_at = person, words, at or timezone.now()
    here.save(update_fields=["second", "second_said", "confirmed_at"])
    answer(message, person, words, here.confirmed_at)
    additions.changed(message.conversation_id, message.conversation.space_id)
    done(CONFIRMED, person, "message", message.pk, here.reason)
    tell_author(message, person, told_confirmed(message, words))


@transaction.atomic
def give_back(decision: Decision, person: Person, at: datetime | None = None) -> None:
    """Give a message back its place before anybody has confirmed that it is set aside: one person is enough.

    Raises NotAlone for who may not decide, and once it is confirmed; NotStanding.
    """
    here = _held(decision)
    if here.is_confirmed or role_of(person, _message(here)) is None:
        raise NotAlone
    end(here, Ending.GIVEN_BACK, GIVEN_BACK, person, at or timezone.now())


def end(decision: Decision, ending: Ending, act: Act, person: Person | None, at: datetime) -> None:
    """The words are back in their place, in public."""
    message = _message(decision)
    decision.ending, decision.ended_at = ending, at
    decision.save(update_fields=["ending", "ended_at"])
    setting_aside.give_back(message)
    done(act, person, "message", message.pk, decision.reason)


def let_lapse(at: datetime | None = None) -> int:
    """Give back what one person set aside a day ago and nobody confirmed; how many messages."""
    at = at or timezone.now()
    due = Decision.objects.filter(ended_at=None, confirmed_at=None, until__lte=at).exclude(message=None)
    return sum(_lapse(each, at) for each in due.order_by("until", "pk"))


@transaction.atomic
def _lapse(decision: Decision, at: datetime) -> bool:
    try:
        here = _held(decision)
    except NotStanding:
        return False
    if here.is_confirmed:
        return False
    end(here, Ending.LAPSED, CAME_BACK, None, at)
    return True


def _held(decision: Decision) -> Decision:
    """The decision as it is now, and stays until the transaction ends; raises NotStanding where it has ended."""
    here = Decision.objects.select_for_update().filter(pk=decision.pk, ended_at=None).first()
    if here is None:
        raise NotStanding
    return here


def _message(decision: Decision) -> Message:
    message = (
        Message.unscoped.select_related("conversation", "author").filter(pk=decision.message_id or 0).first()
    )
    if message is None:
        raise NotStanding
    return message
