"""Where ideas show: on top of their conversation, on its card, beside a space, in the navigation, on one's own page."""

from collections.abc import Callable, Collection, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from terrain.conversations import additions
from terrain.ideas.answer import Answer
from terrain.ideas.debt import Debt, may_handle
from terrain.ideas.idea import Idea, Support
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.web import shell
from terrain.web.fragments import slot
from terrain.web.panels import panel
from terrain.web.rendering import fragment, fragment_once

shell.add(shell.Place("ideas", pgettext_lazy("place", "Ideas"), "lightbulb", "ideas", 22, on_phone=False))


@additions.on_top(order=5, kind="idea")
def on_top(conversation: int) -> Markup | str:
    related = ("conversation__author", "debt__decider", "debt__answer__person", "debt__extension__person")
    idea = Idea.unscoped.select_related(*related).filter(pk=conversation).first()
    if idea is None:
        return ""
    reasons = [each for each in idea.supports.select_related("person").order_by("pk") if each.reason]
    debt = debt_of(idea)
    handings = list(debt.handings.select_related("before", "to", "by")) if debt else []
    return fragment(
        "ideas/_on_top.html",
        idea=idea,
        debt=debt,
        answer=answer_of(debt),
        handings=handings,
        reasons=reasons[-20:],
        slot=slot,
    )


@additions.on_cards(order=8, table="ideas_idea")
def on_cards(conversations: Sequence[int]) -> Mapping[int, Markup]:
    found = Idea.unscoped.filter(pk__in=conversations).select_related("debt__answer", "debt__decider")
    drawn = {}
    for each in found:
        debt = debt_of(each)
        drawn[each.pk] = fragment(
            "ideas/_on_card.html", idea=each, debt=debt, answer=answer_of(debt), slot=slot
        )
    return drawn


def debt_of(idea: Idea) -> Debt | None:
    """The answer that is owed to it, answered or not."""
    debt: Debt | None = getattr(idea, "debt", None)
    return debt


def answer_of(debt: Debt | None) -> Answer | None:
    """The answer that was given."""
    given: Answer | None = getattr(debt, "answer", None) if debt else None
    return given


@additions.filler("idea_due")
def fill_due(person: Person, conversations: Collection[int]) -> Callable[[str], bytes]:
    """When an answer is due, or how late it is: drawn for each reader, for it moves by itself."""
    found = Debt.visible_to(person).filter(pk__in=conversations).select_related("decider")
    now = timezone.now()
    drawn = {
        each.pk: fragment(
            "ideas/_due.html", debt=each, late=each.is_late(now), days=each.days_late(now)
        ).encode()
        for each in found
    }
    return lambda pk: drawn.get(int(pk), b"")


@additions.filler("idea_acts")
def fill_acts(person: Person, conversations: Collection[int]) -> Callable[[str], bytes]:
    """What one can do: support it, or answer it."""
    ideas = Idea.visible_to(person).filter(pk__in=conversations)
    found = {each.pk: each for each in ideas.select_related("conversation", "debt__decider", "debt__answer")}
    own = set(Support.objects.filter(idea__in=found, person=person).values_list("idea", flat=True))

    def acts(argument: str) -> bytes:
        idea = found.get(int(argument))
        if idea is None:
            return b""
        debt = debt_of(idea)
        is_open = debt is not None and answer_of(debt) is None
        drawn = fragment(
            "ideas/_acts.html",
            idea=idea,
            is_own=idea.conversation.author_id == person.pk,
            supports=idea.pk in own,
            decides=debt is not None and is_open and debt.decider_id == person.pk,
            may_change=debt is not None and is_open and may_handle(debt, person),
        )
        return drawn.encode()

    return acts


@panel("person-acts", order=42)
def what_i_owe(request: PersonRequest, somebody: Person) -> Markup | str:
    """On one's own page, the way to what one owes."""
    return fragment_once("ideas/_own.html") if somebody == request.user else ""


@panel("space-aside", order=60)
def of_space(_request: PersonRequest, space: Space) -> Markup:
    return fragment_once("ideas/_of_space.html", pk=space.pk)
