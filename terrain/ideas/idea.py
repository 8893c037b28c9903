"""An idea, and who stands behind it."""

from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from terrain.conversations import additions
from terrain.conversations.following import follow
from terrain.conversations.models import Conversation
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived
from terrain.web.refusing import Refused

LONGEST_REASON = 300


class OwnIdea(Refused):
    """Whoever proposes an idea stands behind it without being counted."""

    sentence = _("It is your own idea: those who support it are the others.")


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, person: Person) -> Self:
        """Those that this person may read."""
        return self.filter(conversation__in=Conversation.visible_to(person))


class Idea(models.Model):
    """What its conversation is, beside a conversation; `support_count` is kept true by the verbs."""

    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, primary_key=True, related_name="idea"
    )
    support_count = models.IntegerField(default=0)

    unscoped = IdeaQuerySet.as_manager()

    class Meta:
        db_table = "ideas_idea"
        base_manager_name = "unscoped"
        constraints: ClassVar = []

    def __str__(self) -> str:
        return str(self.conversation)

    @classmethod
    def visible_to(cls, person: Person) -> IdeaQuerySet:
        """The only door to ideas for a page: those that this person may read."""
        return cls.unscoped.all().visible_to(person)


class Support(models.Model):
    """Somebody stands behind an idea, and may say why."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="supports", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    supported_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "ideas_support"
        constraints: ClassVar = [models.UniqueConstraint("idea", "person", name="ideas_support_once")]


def propose(conversation: Conversation) -> Idea:
    """Make an idea of a conversation that is being opened."""
    return Idea.unscoped.create(conversation=conversation)


@transaction.atomic
def support(idea: Idea, person: Person, reason: str = "") -> None:
    """Stand behind an idea, and follow it; once more changes the reason. Raises OwnIdea, ArchivedSpace."""
    here = idea.conversation
    refuse_if_archived(here.space_id)
    if here.author_id == person.pk:
        raise OwnIdea
    Support.objects.update_or_create(idea=idea, person=person, defaults={"reason": reason})
    follow(here, person)
    _counted(idea)


@transaction.atomic
def support_no_more(idea: Idea, person: Person) -> None:
    """Stand behind it no longer; what is owed by then stays owed. Raises ArchivedSpace."""
    refuse_if_archived(idea.conversation.space_id)
    Support.objects.filter(idea=idea, person=person).delete()
    _counted(idea)


def _counted(idea: Idea) -> None:
    # The row is locked first: two who support it at once are counted one after the other.
    held = Idea.unscoped.select_for_update(no_key=True).get(pk=idea.pk)
    held.support_count = Support.objects.filter(idea=idea).count()
    held.save(update_fields=["support_count"])
    idea.support_count = held.support_count
    additions.changed(idea.pk, idea.conversation.space_id)


def supporters(idea: Idea) -> models.QuerySet[Support]:
    """Who stands behind it, the first ones first."""
    present = Q(person__left_on=None) | Q(person__left_on__gt=Now())
    return idea.supports.filter(present).select_related("person").order_by("supported_at", "pk")
