"""A template: a conversation of a space whose opening others begin from; any of its members saves one."""

from collections.abc import Sequence
from typing import ClassVar, Self

from django.db import models, transaction
from django.db.models import Count
from django.db.models.functions import Now

from terrain.conversations.models import Conversation, Message
from terrain.people.models import Person
from terrain.spaces.archiving import refuse_if_archived
from terrain.spaces.models import Space


class TemplateQuerySet(models.QuerySet["Template"]):
    def visible_to(self, person: Person) -> Self:
        """Those of conversations that this person may read, and whose author has not taken their words back."""
        return self.filter(message__in=Message.visible_to(person).standing())


class Template(models.Model):
    """The opening of a conversation, offered to be begun from: its words stay its author's, and go with them."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="as_template")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(db_default=Now())

    unscoped = TemplateQuerySet.as_manager()

    class Meta:
        db_table = "drafts_template"
        base_manager_name = "unscoped"
        constraints: ClassVar = []

    @classmethod
    def visible_to(cls, person: Person) -> TemplateQuerySet:
        """The only door to templates for a page: those of what this person may read."""
        return cls.unscoped.all().visible_to(person)


class Use(models.Model):
    """A conversation was begun from a template."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="uses")
    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "drafts_template_use"
        constraints: ClassVar = []


@transaction.atomic
def save(conversation: Conversation, person: Person) -> Template:
    """Offer the opening of a conversation as a template of its space; twice is once. Raises ArchivedSpace."""
    refuse_if_archived(conversation.space_id)
    opening = Message.unscoped.get(conversation=conversation, number=1)
    template, _ = Template.unscoped.get_or_create(message=opening, defaults={"person": person})
    return template


@transaction.atomic
def let_go(conversation: Conversation) -> None:
    """Offer it no longer; what was begun from it stays. Raises ArchivedSpace."""
    refuse_if_archived(conversation.space_id)
    Template.unscoped.filter(message__conversation=conversation).delete()


def templates_of(space: Space, person: Person) -> Sequence[Template]:
    """The templates of a space, those that were used the most first, each with `count`: how often."""
    found = Template.visible_to(person).filter(message__conversation__space=space)
    with_titles = found.select_related("message__conversation").annotate(count=Count("uses"))
    return list(with_titles.order_by("-count", "-pk"))
