"""A legal order: two stewards open what some people said to each other directly, and these people are told."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from terrain.conversations import additions
from terrain.conversations.conversation import ConversationQuerySet
from terrain.conversations.message import MessageQuerySet
from terrain.conversations.models import Conversation, Message, Participation
from terrain.direct.talking import say_to
from terrain.orders.acts import ASKED, OPENED, TOLD
from terrain.people.models import Person
from terrain.people.power import done
from terrain.people.steward import is_steward
from terrain.web import markup
from terrain.web.refusing import Refused

READABLE = timedelta(days=7)
"""How long the two stewards read it."""
LONGEST_DELAY = timedelta(days=180)


class TakesTwo(Refused):
    """A steward alone opens nothing."""

    sentence = _("It takes two stewards: another one than who asked for it.")


class Order(models.Model):
    """A steward asks to open what `people`, all of them and nobody else, said directly; another one opens it.

    Both give a reason, which is public. `told_at` is when those people were told: at once, or once `delayed_until` is
    reached, for a reason in law that is kept.
    """

    people = models.ManyToManyField(Person, db_table="orders_order_people", related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField()
    asked_at = models.DateTimeField(db_default=Now())
    delayed_until = models.DateField(null=True)
    delay_reason = models.TextField(blank=True)
    opened_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    second_reason = models.TextField(blank=True)
    opened_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "orders_order"
        ordering = ("-asked_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(asked_by=None) | Q(opened_by=None) | ~Q(asked_by=F("opened_by")),
                name="orders_order_takes_two",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="orders_order_has_a_reason"),
            models.CheckConstraint(
                condition=Q(opened_at=None) | ~Q(second_reason=""), name="orders_order_has_two_reasons"
            ),
            models.CheckConstraint(
                condition=Q(delayed_until=None) | ~Q(delay_reason=""), name="orders_order_delay_has_a_reason"
            ),
        ]

    @property
    def until(self) -> datetime | None:
        """Until when it is read."""
        return self.opened_at and self.opened_at + READABLE

    def is_open_to(self, person: Person, at: datetime | None = None) -> bool:
        """Whether this person, one of the two, reads it now."""
        is_one = person.pk in (self.asked_by_id, self.opened_by_id) and is_steward(person)
        return is_one and self.until is not None and (at or timezone.now()) < self.until


@transaction.atomic
def ask(
    person: Person,
    people: Collection[Person],
    reason: str,
    delayed_until: date | None = None,
    delay_reason: str = "",
) -> Order:
    """A steward asks; nothing is opened yet, and the log says that it was asked. Raises TakesTwo for who is none."""
    if not is_steward(person):
        raise TakesTwo
    order = Order.objects.create(
        asked_by=person, reason=reason, delayed_until=delayed_until, delay_reason=delay_reason
    )
    order.people.set(people)
    done(ASKED, person, "terrain", None, reason)
    return order


@transaction.atomic
def open_up(order: Order, person: Person, reason: str, at: datetime | None = None) -> Order:
    """Another steward opens it, for a week; those who said it are told at once, unless the law delays it.

    Raises TakesTwo for who asked for it, and for who is no steward. Twice is once.
    """
    at = at or timezone.now()
    here = Order.objects.select_for_update().get(pk=order.pk)
    if not is_steward(person) or here.asked_by_id == person.pk:
        raise TakesTwo
    if here.opened_at is not None:
        return here
    here.opened_by, here.second_reason, here.opened_at = person, reason, at
    here.save(update_fields=["opened_by", "second_reason", "opened_at"])
    done(OPENED, person, "terrain", None, reason)
    if here.delayed_until is None:
        _tell(here, at)
    return here


def tell_what_is_due(at: datetime | None = None) -> int:
    """Tell the people of those orders whose delay is over; how many orders."""
    at = at or timezone.now()
    due = Order.objects.filter(
        opened_at__isnull=False, told_at=None, delayed_until__lte=timezone.localdate(at)
    )
    return sum(_tell_late(each.pk, at) for each in due.order_by("pk"))


@transaction.atomic
def _tell_late(pk: int, at: datetime) -> bool:
    here = Order.objects.select_for_update().get(pk=pk)
    if here.told_at is not None:
        return False
    _tell(here, at)
    done(TOLD, None, "terrain")
    return True


def _tell(order: Order, at: datetime) -> None:
    """On top of the conversation, and directly, by who opened it."""
    order.told_at = at
    order.save(update_fields=["told_at"])
    for conversation in opened_by(order):
        additions.changed(conversation.pk, None)
    opener = order.opened_by or order.asked_by
    for person in order.people.order_by("pk"):
        if opener and person != opener and person.is_active:
            with translation.override(person.language or translation.get_language() or "en"):
                said = _(
                    "By order of the law, two stewards read what you said directly, in a conversation that you take "
                    "part in. It says so on top, with who they are, their reasons, and until when."
                )
                say_to(opener, person, markup.from_text(str(said)))


def opened_by(order: Order) -> ConversationQuerySet:
    """The direct conversations in which these people take part, all of them and nobody else."""
    people = set(order.people.values_list("pk", flat=True))
    others = Participation.objects.exclude(person__in=people).values("conversation")
    return (
        Conversation.unscoped.filter(space=None, participations__person__in=people)
        .exclude(pk__in=others)
        .annotate(people=Count("participations", distinct=True))
        .filter(people=len(people))
        .order_by("opened_at", "pk")
    )


def read_by(person: Person, order: Order, at: datetime | None = None) -> MessageQuerySet:
    """What was said in them, for one of the two stewards while the order is open; nothing for anybody else."""
    if not order.is_open_to(person, at):
        return Message.unscoped.none()
    said = Message.unscoped.filter(conversation__in=opened_by(order).values("pk"), withdrawal=None)
    return said.select_related("author", "conversation").order_by("conversation", "number")


def told_of(conversation: int) -> list[Order]:
    """The orders by which this conversation was opened, of which its people have been told."""
    people = set(Participation.objects.filter(conversation=conversation).values_list("person", flat=True))
    found = Order.objects.filter(told_at__isnull=False, people__in=people).distinct()
    found = found.select_related("asked_by", "opened_by").prefetch_related("people")
    return [each for each in found if {person.pk for person in each.people.all()} == people]
