"""The owed answer: who decides about an idea, by when, and what was said of it on the way; all of it in public."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terrain.conversations import additions
from terrain.conversations.models import Conversation
from terrain.ideas.acts import CHANGED, EXTENDED, FELL_TO, HANDED, NAMED
from terrain.ideas.idea import Idea
from terrain.people.concerning import Concerns, NoLonger
from terrain.people.models import Person
from terrain.people.power import done
from terrain.spaces.care import is_looked_after_by
from terrain.spaces.models import Space
from terrain.web.events import tell
from terrain.web.refusing import Refused

WITHIN = timedelta(days=21)
FEWEST, SHARE, MOST = 5, 20, 50
"""Supporters from whom on an answer is owed: five, or one in twenty of the members, but never more than fifty."""
AGED, AGED_WITH = timedelta(days=30), 3
"""An idea as old as this is owed an answer with three."""
SHORTEST, LONGEST = 20, 1000

models.TextField.register_lookup(Length)


class NotYours(Refused):
    """It is for who decides about it, or looks after its space."""

    sentence = _("It is for the person who decides about this idea, or who looks after its space.")
    status = 403


class OnlyOnce(Refused):
    """It can be done once, and was."""

    sentence = _("This can be done once, and it was: what is left is to answer.")


class Decider(models.Model):
    """Who decides about the ideas of a space, as those who look after it have said."""

    space = models.OneToOneField(Space, on_delete=models.CASCADE, primary_key=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "ideas_decider"
        constraints: ClassVar = []


class DebtQuerySet(models.QuerySet["Debt"]):
    def visible_to(self, person: Person) -> Self:
        """Those of the ideas that this person may read."""
        return self.filter(idea__in=Idea.visible_to(person))

    def open(self) -> Self:
        """Those that nobody has answered, the first due first."""
        return self.filter(answer=None).order_by("due_at", "pk")


class Debt(models.Model):
    """An answer to an idea is owed by `decider`, None where nobody is known who could, by `due_at`."""

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, primary_key=True, related_name="debt")
    decider = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)

    unscoped = DebtQuerySet.as_manager()

    class Meta:
        db_table = "ideas_debt"
        base_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_at__gt=F("owed_at")), name="ideas_debt_leaves_time")
        ]

    @classmethod
    def visible_to(cls, person: Person) -> DebtQuerySet:
        """The only door to debts for a page: those of the ideas that this person may read."""
        return cls.unscoped.all().visible_to(person)

    def days_late(self, at: datetime | None = None) -> int:
        """Whole days since it was due, 0 before."""
        return max(0, ((at or timezone.now()) - self.due_at).days)

    def is_late(self, at: datetime | None = None) -> bool:
        return self.due_at < (at or timezone.now())


class Extension(models.Model):
    """More time was taken once, for a reason."""

    debt = models.OneToOneField(Debt, on_delete=models.CASCADE, primary_key=True, related_name="extension")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField()
    until = models.DateTimeField()
    extended_at = models.DateTimeField()

    class Meta:
        db_table = "ideas_extension"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__length__gte=SHORTEST), name="ideas_extension_has_a_reason"
            )
        ]


class Handing(models.Model):
    """Somebody else decides: because it is not for the first one ("not ours"), or because those who look after the
    space say so. Each once, for a reason."""

    debt = models.ForeignKey(Debt, on_delete=models.CASCADE, related_name="handings")
    is_not_ours = models.BooleanField()
    before = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    to = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField()
    handed_at = models.DateTimeField()

    class Meta:
        db_table = "ideas_handing"
        ordering = ("handed_at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint("debt", "is_not_ours", name="ideas_handing_once"),
            models.CheckConstraint(
                condition=Q(reason__length__gte=SHORTEST), name="ideas_handing_has_a_reason"
            ),
        ]


def enough(idea: Idea, opened_at: datetime, members: int, at: datetime) -> bool:
    """Whether an answer is owed to an idea: by those who support it, or by its age and three of them."""
    wanted = min(MOST, max(FEWEST, -(-members // SHARE)))
    aged = at - opened_at >= AGED and idea.support_count >= AGED_WITH
    return idea.support_count >= wanted or aged


@transaction.atomic
def settle(idea: Idea, at: datetime | None = None) -> bool:
    """Let an answer be owed to an idea, where it is time and none is; whether it is owed from now on."""
    at = at or timezone.now()
    here = idea.conversation
    members = here.space.member_count if here.space else 0
    if not enough(idea, here.opened_at, members, at):
        return False
    decider = who_decides(idea)
    given = {"decider": decider, "owed_at": at, "due_at": at + WITHIN}
    debt, is_new = Debt.unscoped.get_or_create(idea=idea, defaults=given)
    if is_new:
        _told(debt, decider)
    return is_new


def settle_all(at: datetime | None = None) -> int:
    """The same for every idea, and let what somebody owed who has left fall to their manager; twice is once."""
    at = at or timezone.now()
    unowed = Idea.unscoped.filter(debt=None, support_count__gte=AGED_WITH)
    owed = sum(
        settle(each, at) for each in unowed.select_related("conversation__space", "conversation__author")
    )
    today = timezone.localdate(at)
    left = Debt.unscoped.open().filter(Q(decider=None) | Q(decider__left_on__lte=today))
    for each in left.select_related(
        "decider__manager", "idea__conversation__space", "idea__conversation__author"
    ):
        _falls(each)
    return owed


def who_decides(idea: Idea) -> Person | None:
    """Whom those who look after the space have named, else the manager of who proposed it, else who looks after it.

    None where none of them is here and may read it.
    """
    here = idea.conversation
    named = Decider.objects.filter(space=here.space_id).select_related("person").first()
    if named and reads(named.person, here):
        return named.person
    for above in _above(here.author):
        if reads(above, here):
            return above
    members = Person.objects.present().filter(memberships__space=here.space_id).order_by("pk")
    keepers = (each for each in members if here.space_id and is_looked_after_by(here.space_id, each))
    return next((each for each in keepers if each.pk != here.author_id), None)


def reads(person: Person, conversation: Conversation) -> bool:
    """Whether this person is here, and may read this conversation."""
    return person.is_active and Conversation.visible_to(person).filter(pk=conversation.pk).exists()


def _above(person: Person | None) -> Iterator[Person]:
    """The managers of this person, the nearest first."""
    for _step in range(50):
        person = person.manager if person else None
        if person is None:
            return
        yield person


def _falls(debt: Debt) -> None:
    here, before = debt.idea.conversation, debt.decider
    to = next((each for each in _above(before) if reads(each, here)), None) or who_decides(debt.idea)
    if to is None or to == before:
        return
    with transaction.atomic():
        Debt.unscoped.filter(pk=debt.pk).update(decider=to)
        done(FELL_TO, None, "conversation", debt.pk, "")
        _told(debt, to, before)


def may_handle(debt: Debt, person: Person) -> bool:
    """Whether this person decides, or looks after the space and may name somebody else."""
    space = debt.idea.conversation.space_id
    return debt.decider_id == person.pk or (space is not None and is_looked_after_by(space, person))


@transaction.atomic
def extend(debt: Debt, person: Person, reason: str, at: datetime | None = None) -> None:
    """Take as much time again, once, for a reason that everybody reads; raises NotYours, OnlyOnce."""
    at = at or timezone.now()
    if debt.decider_id != person.pk:
        raise NotYours
    until = max(debt.due_at, at) + WITHIN
    given = {"person": person, "reason": reason, "until": until, "extended_at": at}
    if not Extension.objects.get_or_create(debt=debt, defaults=given)[1]:
        raise OnlyOnce
    Debt.unscoped.filter(pk=debt.pk).update(due_at=until)
    done(EXTENDED, person, "conversation", debt.pk, reason)
    _changed(debt)


@transaction.atomic
def hand_over(debt: Debt, person: Person, to: Person, reason: str, at: datetime | None = None) -> None:
    """Let somebody else decide, who has 21 days: by who decides, as it is not for them, or by who looks after the
    space; each once. Raises NotYours, OnlyOnce."""
    at = at or timezone.now()
    if not may_handle(debt, person):
        raise NotYours
    is_not_ours = debt.decider_id == person.pk
    given = {"before": debt.decider, "to": to, "by": person, "reason": reason, "handed_at": at}
    if not Handing.objects.get_or_create(debt=debt, is_not_ours=is_not_ours, defaults=given)[1]:
        raise OnlyOnce
    before = debt.decider
    Debt.unscoped.filter(pk=debt.pk).update(decider=to, due_at=max(debt.due_at, at + WITHIN))
    done(HANDED if is_not_ours else CHANGED, person, "conversation", debt.pk, reason)
    _told(debt, to, before)


@transaction.atomic
def name_decider(space: Space, person: Person, to: Person | None) -> None:
    """Say who decides about the ideas of a space from now on, in public, by who looks after it; raises NotYours."""
    if not is_looked_after_by(space.pk, person):
        raise NotYours
    if to is None:
        Decider.objects.filter(space=space).delete()
    else:
        Decider.objects.update_or_create(space=space, defaults={"person": to})
    done(NAMED, person, "space", space.pk, to.name if to else "")


def owed_by(person: Person) -> Sequence[Debt]:
    """What this person owes an answer to, the first due first."""
    found = Debt.visible_to(person).open().filter(decider=person)
    return list(found.select_related("idea__conversation__space", "idea__conversation__author"))


def _told(debt: Debt, to: Person | None, before: Person | None = None) -> None:
    if before:
        tell(NoLonger("owed", debt.pk, before.pk))
    if to:
        tell(Concerns(to.pk, "owed", debt.pk))
    _changed(debt)


def _changed(debt: Debt) -> None:
    additions.changed(debt.pk, debt.idea.conversation.space_id)
