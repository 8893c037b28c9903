"""Thanking somebody, with a reason: for a message or for nothing but themselves, five times a week."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length, Now
from django.utils import timezone

from terrain.conversations import additions
from terrain.conversations.models import Message
from terrain.people.concerning import Concerns, NoLonger
from terrain.people.models import Person
from terrain.web.events import tell

SHORTEST, LONGEST = 10, 500
MOST = 5
"""How many times a week somebody can thank: so that each of them means something."""

models.TextField.register_lookup(Length)


class TooMany(Exception):
    """Five thanks were given this week already."""


class NotOneself(Exception):
    """Nobody thanks themselves."""


class ThanksQuerySet(models.QuerySet["Thanks"]):
    def shown(self) -> Self:
        """What anybody may see who may read what it is for: public, and not hidden by who received it."""
        return self.filter(is_private=False, hiding=None)

    def visible_to(self, person: Person) -> Self:
        """All that this person received; what they gave, unless it was hidden; and what is shown, where they may read
        the conversation that it is for."""
        readable = Q(message=None) | Exists(Message.visible_to(person).filter(pk=OuterRef("message")))
        given = Q(giver=person, hiding=None)
        return self.filter(Q(receiver=person) | given | (Q(is_private=False, hiding=None) & readable))


class Thanks(models.Model):
    """Somebody thanks somebody, in words, for a message or for nothing but themselves.

    `key` names the form that it was written in: the same form sent twice is one.
    """

    giver = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    receiver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="+")
    words = models.TextField()
    is_private = models.BooleanField(default=False)
    given_at = models.DateTimeField(db_default=Now())
    key = models.UUIDField(default=uuid.uuid4)

    unscoped = ThanksQuerySet.as_manager()

    class Meta:
        db_table = "thanks_thanks"
        base_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(words__length__gte=SHORTEST) & Q(words__length__lte=LONGEST),
                name="thanks_thanks_has_a_reason",
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="thanks_thanks_not_to_oneself"),
            models.UniqueConstraint("giver", "key", name="thanks_thanks_once"),
        ]
        indexes: ClassVar = [
            models.Index(F("receiver"), F("given_at").desc(), name="thanks_by_receiver"),
            models.Index(F("giver"), F("given_at").desc(), name="thanks_by_giver"),
        ]

    @classmethod
    def visible_to(cls, person: Person) -> ThanksQuerySet:
        """The only door to thanks for a page: what this person may see."""
        return cls.unscoped.all().visible_to(person)


class Hiding(models.Model):
    """Who received thanks keeps them to themselves."""

    thanks = models.OneToOneField(Thanks, on_delete=models.CASCADE, related_name="hiding")
    hidden_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "thanks_hiding"
        constraints: ClassVar = []


@transaction.atomic
def thank(
    giver: Person,
    receiver: Person,
    words: str,
    message: Message | None = None,
    is_private: bool = False,
    key: uuid.UUID | None = None,
    at: datetime | None = None,
) -> Thanks:
    """Thank somebody in 10 to 500 characters of plain text; the same key from the same person is the same thanks.

    Raises NotOneself, or TooMany where five were given since Monday.
    """
    if giver.pk == receiver.pk:
        raise NotOneself
    # The row is locked first: two sent at once are counted one after the other.
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=giver.pk)
    if key and (found := Thanks.unscoped.filter(giver=giver, key=key).first()):
        return found
    at = at or timezone.now()
    if left(giver, at) < 1:
        raise TooMany
    thanks: Thanks = Thanks.unscoped.create(
        giver=giver,
        receiver=receiver,
        message=message,
        words=words,
        is_private=is_private,
        given_at=at,
        key=key or uuid.uuid4(),
    )
    _changed(thanks)
    tell(Concerns(receiver.pk, "thanks", thanks.pk))
    return thanks


@transaction.atomic
def take_back(thanks: Thanks) -> None:
    """Take back what one said; it is gone everywhere."""
    _changed(thanks)
    tell(NoLonger("thanks", thanks.pk))
    thanks.delete()


@transaction.atomic
def hide(thanks: Thanks) -> None:
    """Keep thanks that one received to oneself."""
    if Hiding.objects.get_or_create(thanks=thanks)[1]:
        _changed(thanks)


@transaction.atomic
def show(thanks: Thanks) -> None:
    """Let them be seen again."""
    if Hiding.objects.filter(thanks=thanks).delete()[0]:
        _changed(thanks)


def left(giver: Person, at: datetime | None = None) -> int:
    """How many more times this person can thank until Monday."""
    given = Thanks.unscoped.filter(giver=giver, given_at__gte=monday(at or timezone.now())).count()
    return max(MOST - given, 0)


def monday(at: datetime) -> datetime:
    """When the week of this moment began, where the organisation is."""
    here = timezone.localtime(at)
    return (here - timedelta(days=here.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)


def _changed(thanks: Thanks) -> None:
    """Draw anew what shows them: their receiver's pages, and the conversation where all who read it see them."""
    thanks.receiver.moved()
    if thanks.message and not thanks.is_private:
        additions.changed(thanks.message.conversation_id, thanks.message.conversation.space_id)
