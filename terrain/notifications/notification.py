"""A notification: a message, or some other thing, that concerns somebody, until they have read it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Self

from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from terrain.conversations.models import Conversation, Message
from terrain.people.models import Person
from terrain.people.news import count_anew


class Why(models.TextChoices):
    """Why somebody is told of a message; the first that holds."""

    DIRECT = "direct"
    MENTION = "mention"
    ANSWER = "answer"
    YOURS = "yours"
    ALL = "all"
    THING = "thing"
    """No message: `about` says which sort of thing."""


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, person: Person) -> Self:
        """What waits for this person and may still be read, the latest first."""
        said = Message.visible_to(person).standing()
        readable = Q(message=None) | Q(message__in=said)
        return self.filter(readable, person=person).order_by("-told_at", "-pk")


class Notification(models.Model):
    """Somebody is told of a message. There is one as long as it waits for them, and none once they have read it.

    Or of another thing: `about` names its sort, as in `people.concerning`, and `thing` is its id among these.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="+")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    about = models.CharField(max_length=20, blank=True, db_default="")
    thing = models.BigIntegerField(null=True)
    why = models.CharField(max_length=10, choices=Why)
    told_at = models.DateTimeField(db_default=Now())
    mailed_at = models.DateTimeField(null=True)
    """When it went into a mail."""

    objects = NotificationQuerySet.as_manager()

    class Meta:
        db_table = "notifications_notification"
        constraints: ClassVar = [
            models.UniqueConstraint("person", "message", name="notifications_notification_once"),
            models.UniqueConstraint(
                "person", "about", "thing", name="notifications_thing_once", condition=Q(message=None)
            ),
            models.CheckConstraint(
                condition=Q(message__isnull=False, conversation__isnull=False, about="", thing=None)
                | (Q(message=None, conversation=None, why=Why.THING, thing__isnull=False) & ~Q(about="")),
                name="notifications_of_a_message_or_a_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(why__in=Why.values), name="notifications_notification_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index("person", "conversation", name="notifications_by_person"),
        ]


# Whoever is told may read it; what was said since then may have been taken back, and its space may have closed.
STANDS = """
    not exists (select from conversations_withdrawal w where w.message_id = m.id)
    and not exists (select from conversations_setting_aside w where w.message_id = m.id)
"""
TELL = f"""
    with said as (
        select m.id, m.number, m.author_id, m.conversation_id, c.space_id, c.author_id opener,
            r.author_id answered, c.is_kept_open or s.openness = 'open' is_open
        from conversations_message m
        join conversations_conversation c on c.id = m.conversation_id
        left join conversations_message r on r.id = m.reply_to_id
        left join spaces_space s on s.id = c.space_id
        where m.id = %(message)s and {STANDS}
    ),
    asked as ( -- of a conversation what was said of it, else of its space
        select distinct on (l.person_id) l.person_id, l.how from said join notifications_level l
            on l.conversation_id = said.conversation_id or l.space_id = said.space_id
        order by l.person_id, l.conversation_id nulls last
    ),
    concerned (person_id, why, rank) as (
        select p.person_id, 'direct', 1 from said
            join conversations_participation p on p.conversation_id = said.conversation_id where said.space_id is null
        union all select n.person_id, 'mention', 2 from said join conversations_mention n on n.message_id = said.id
        union all select answered, 'answer', 3 from said
        union all select opener, 'yours', 4 from said where number > 1
        union all select person_id, 'all', 5 from asked where how = 'all'
    )
    insert into notifications_notification (person_id, message_id, conversation_id, why, told_at, mailed_at)
    select distinct on (c.person_id) c.person_id, said.id, said.conversation_id, c.why, %(at)s,
        case when asked.how = 'digest' then %(at)s end -- in their digest, and in no other mail
    from concerned c cross join said
    left join asked on asked.person_id = c.person_id
    join people_person p on p.id = c.person_id and (p.left_on is null or p.left_on > current_date)
    where c.person_id is distinct from said.author_id
        and (%(only)s::bigint[] is null or c.person_id = any(%(only)s::bigint[]))
        and not exists (select from conversations_muting x where x.person_id = c.person_id
            and (x.conversation_id = said.conversation_id or x.space_id = said.space_id))
        and case when said.space_id is null then exists (select from conversations_participation i
                where i.person_id = c.person_id and i.conversation_id = said.conversation_id)
            else coalesce(said.is_open, false) or exists (select from spaces_membership i
                where i.person_id = c.person_id and i.space_id = said.space_id) end
    order by c.person_id, c.rank
    on conflict do nothing
    returning person_id, mailed_at is null
"""


NOT_YET_MAILED = f"""
    with waits as materialized (
        select id, person_id, message_id, conversation_id from notifications_notification
        where person_id = any(%(people)s) and mailed_at is null
    )
    select id from waits n where message_id is null or exists (
        select from conversations_message m
        join conversations_conversation c on c.id = m.conversation_id
        left join spaces_space s on s.id = c.space_id
        where m.id = n.message_id and {STANDS}
            and case when c.space_id is null then exists (select from conversations_participation i
                    where i.person_id = n.person_id and i.conversation_id = c.id)
                else c.is_kept_open or s.openness = 'open' or exists (select from spaces_membership i
                    where i.person_id = n.person_id and i.space_id = c.space_id) end)
"""


def not_yet_mailed(people: Sequence[int]) -> Mapping[int, Sequence["Notification"]]:
    """What waits for these people, may still be read by them and was in no mail, each one's from the earliest.

    Two questions, however many they are.
    """
    with connection.cursor() as cursor:
        cursor.execute(NOT_YET_MAILED, {"people": list(people)})
        found = [pk for (pk,) in cursor.fetchall()]
    waiting: dict[int, list[Notification]] = {}
    rows = Notification.objects.filter(pk__in=found).order_by("told_at", "pk")
    for each in rows.select_related("message__author", "conversation__space"):
        waiting.setdefault(each.person_id, []).append(each)
    return waiting


@transaction.atomic
def tell_of(
    message_id: int, at: datetime | None = None, only: Collection[int] | None = None
) -> Sequence[int]:
    """Tell of a message everybody whom it concerns and who may read it, its author never.

    Gives the ids of those for whom it rings: not of those who want it in their digest alone. Of all these people `only`
    some, where they are given: those whom an edit names anew.

    One question, however many they are. Telling twice is telling once.
    """
    with connection.cursor() as cursor:
        these = None if only is None else list(only)
        cursor.execute(TELL, {"message": message_id, "at": at or timezone.now(), "only": these})
        told = cursor.fetchall()
    _counted(sorted(person for person, _rings in told))
    return sorted(person for person, rings in told if rings)


@transaction.atomic
def forget(conversation_id: int, **which: object) -> None:
    """These no longer wait for anybody; named by the fields of Notification."""
    _forget(Notification.objects.filter(conversation=conversation_id, **which))


@transaction.atomic
def tell_of_thing(person_id: int, about: str, thing: int, at: datetime) -> bool:
    """Tell somebody of a thing that is no message, and say whether it is new to them."""
    given = {"why": Why.THING, "told_at": at}
    is_new = Notification.objects.get_or_create(
        person_id=person_id, about=about, thing=thing, defaults=given
    )[1]
    _counted([person_id])
    return is_new


@transaction.atomic
def forget_thing(about: str, thing: int, **which: object) -> None:
    """It no longer waits for anybody, or for some."""
    _forget(Notification.objects.filter(about=about, thing=thing, message=None, **which))


def _forget(gone: NotificationQuerySet) -> None:
    people = sorted(set(gone.values_list("person", flat=True)))
    if people:
        gone.delete()
        _counted(people)


@transaction.atomic
def forget_all(person: Person) -> None:
    """Nothing waits for this person any longer: they say so."""
    Notification.objects.filter(person=person).delete()
    _counted([person.pk])


@transaction.atomic
def forget_what_is_hidden(person: Person) -> None:
    """Somebody left a space: what was said there no longer waits for them."""
    seen = Conversation.visible_to(person).values("pk")
    Notification.objects.filter(person=person, message__isnull=False).exclude(conversation__in=seen).delete()
    _counted([person.pk])


def _counted(people: Collection[int]) -> None:
    count_anew(Notification._meta.db_table, people)
