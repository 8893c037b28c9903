"""A notice: what a conversation is, beside a conversation, when everybody in its audience is told of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import ClassVar, Self

from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terrain.conversations import readers
from terrain.conversations.conversation import Conversation
from terrain.people.models import Person
from terrain.people.organisation import Organisation, every_page_changes
from terrain.spaces.archiving import may_be_answered
from terrain.spaces.models import Space
from terrain.spaces.settling import leave_in_peace
from terrain.web.refusing import Refused

LONGEST_VOICE = 60
SHORTEST_REASON, LONGEST_REASON = 20, 300
A_MONTH = 2
"""How many may be compulsory in one month, in the whole organisation."""


ANSWERABLE = timedelta(days=30)
"""For how long at least each can be answered: no act ends that."""

models.TextField.register_lookup(Length)


# Asked for every feed as long as a notice is compulsory, and finds nothing, as a rule: as SQL, for to build it would
# take longer than to ask it.
TO_READ = """
    select n.conversation_id from notices_notice n join conversations_conversation c on c.id = n.conversation_id
    where n.until >= %(today)s and c.author_id is distinct from %(person)s
        and (n.is_for_everybody or exists (
            select from spaces_membership m where m.space_id = c.space_id and m.person_id = %(person)s))
        and not exists (select
            from conversations_reading r where r.person_id = %(person)s and r.conversation_id = c.id)
"""


class TooManyCompulsory(Refused):
    """Two are compulsory this month already."""

    sentence = _(
        "Two notices are compulsory this month already, and there are never more. Publish it without that: everybody"
        " is told all the same."
    )


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, person: Person) -> Self:
        """Those that this person may read."""
        return self.filter(conversation__in=Conversation.visible_to(person))

    def compulsory_in(self, day: date) -> Self:
        """Those that are compulsory and were published in the month of this day."""
        return self.exclude(until=None).filter(
            conversation__opened_at__year=day.year, conversation__opened_at__month=day.month
        )


class Notice(models.Model):
    """What its conversation is told as: `voice` is for whom its author speaks, "" for themselves.

    It is told to everybody here, or to the members of its space. `until` is the last day on which it is compulsory,
    with its `reason`; None where it is not.
    """

    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, primary_key=True, related_name="notice"
    )
    voice = models.TextField(blank=True)
    is_for_everybody = models.BooleanField()
    reason = models.TextField(blank=True)
    until = models.DateField(null=True)

    unscoped = NoticeQuerySet.as_manager()

    class Meta:
        db_table = "notices_notice"
        base_manager_name = "unscoped"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None, reason="")
                | Q(until__isnull=False, reason__length__gte=SHORTEST_REASON),
                name="notices_notice_compulsory_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return str(self.conversation)

    @classmethod
    def visible_to(cls, person: Person) -> NoticeQuerySet:
        """The only door to notices for a page: those that this person may read."""
        return cls.unscoped.all().visible_to(person)


@transaction.atomic
def tell_everybody(
    conversation: Conversation,
    voice: str = "",
    *,
    is_for_everybody: bool = False,
    reason: str = "",
    until: date | None = None,
) -> Notice:
    """Make a notice of a conversation that is being opened; with `until` it is compulsory, for `reason` (20
    characters at least), and says whose `voice` it is.

    Raises TooManyCompulsory; and StillSettling where it would be compulsory in a space that is settling in.
    """
    if until is not None:
        assert conversation.space, "a notice is said in a space"
        assert conversation.author, "and by somebody"
        leave_in_peace(conversation.space, conversation.author)
        # Two sent at once are counted one after the other.
        Organisation.objects.get_or_create(pk=1)
        Organisation.objects.select_for_update(no_key=True).get(pk=1)
        if compulsory_this_month() >= A_MONTH:
            raise TooManyCompulsory
        every_page_changes()
    return Notice.unscoped.create(
        conversation=conversation,
        voice=voice,
        is_for_everybody=is_for_everybody,
        reason=reason if until else "",
        until=until,
    )


@may_be_answered
def is_answered_here(space: Space, at: datetime) -> bool:
    """Whether a notice was published in this space less than thirty days ago."""
    lately = Conversation.unscoped.filter(space=space, opened_at__gt=at - ANSWERABLE)
    return Notice.unscoped.filter(conversation__in=lately).exists()


def compulsory_this_month(at: datetime | None = None) -> int:
    """How many notices published this month are compulsory, wherever they were told."""
    return Notice.unscoped.all().compulsory_in(timezone.localdate(at)).count()


@lru_cache(maxsize=4)
def some_run(_epoch: int, day: date) -> bool:
    """Whether any is compulsory on this day or later; `_epoch` is the organisation's, which rises with each of them."""
    return Notice.unscoped.filter(until__gte=day).exists()


def to_read(person: Person, at: datetime | None = None) -> Sequence[Notice]:
    """The compulsory notices that this person has not begun to read, the first to end first."""
    with connection.cursor() as cursor:
        cursor.execute(TO_READ, {"person": person.pk, "today": timezone.localdate(at)})
        found = [pk for (pk,) in cursor.fetchall()]
    if not found:
        return []
    return list(
        Notice.visible_to(person)
        .filter(pk__in=found)
        .select_related("conversation__author")
        .order_by("until", "pk")
    )


def rates(notices: Sequence[Notice]) -> dict[int, readers.Rate]:
    """How many of its audience have read each, by the id of its conversation; see `readers.rates`."""
    everybody = [each.pk for each in notices if each.is_for_everybody]
    members = [each.pk for each in notices if not each.is_for_everybody]
    return dict(readers.rates(everybody, members)) if notices else {}
