"""What is said to who owes an answer, and to who proposed or supported an idea that is answered."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from terrain.ideas.models import Debt
from terrain.people.concerning import Words, said_by
from terrain.people.models import Person
from terrain.web.moments import on
from terrain.web.rendering import url


@said_by("owed", gettext_lazy("Answers that you owe"))
def owed(person: Person, things: Collection[int]) -> Mapping[int, Words]:
    """Which idea, and by when."""
    found = Debt.visible_to(person).open().filter(pk__in=things, decider=person)
    says = _("You owe an answer by %(day)s")
    return {
        each.pk: Words(
            says % {"day": on(each.due_at.date())},
            each.idea.conversation.title,
            url("owed_answer", each.pk),
        )
        for each in found.select_related("idea__conversation")
    }


@said_by("answered", gettext_lazy("Ideas that are answered"))
def answered(person: Person, things: Collection[int]) -> Mapping[int, Words]:
    """What was answered, to which idea."""
    found = Debt.visible_to(person).filter(pk__in=things, answer__isnull=False)
    return {
        each.pk: Words(
            each.answer.says,
            each.idea.conversation.title,
            url("conversation", each.pk),
            each.answer.person.name if each.answer.person else None,
        )
        for each in found.select_related("idea__conversation", "answer__person")
    }
