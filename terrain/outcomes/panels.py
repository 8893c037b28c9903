"""Where an outcome shows: on top of its conversation, on its card, in a menu, and as a mark of use."""

from collections.abc import Callable, Collection, Mapping, Sequence

from django.utils.translation import gettext as _
from markupsafe import Markup

from terrain.conversations import additions
from terrain.conversations.care import cares_for
from terrain.conversations.marks import Mark, Span, marks_of_use
from terrain.conversations.models import Conversation
from terrain.outcomes.asking import asked
from terrain.outcomes.outcome import last_of, standing
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.web.fragments import slot
from terrain.web.panels import panel
from terrain.web.rendering import fragment


@additions.on_top(order=10)
def on_top(conversation: int) -> Markup | str:
    outcome = standing([conversation]).get(conversation)
    return fragment("outcomes/_on_top.html", outcome=outcome, slot=slot) if outcome else ""


@additions.on_top(order=12)
def on_top_asked(conversation: int) -> Markup | str:
    """Who asks what became of it."""
    asking = asked(conversation)
    return fragment("outcomes/_asked.html", asking=asking, slot=slot) if asking else ""


@additions.filler("answers_for")
def fill(person: Person, conversations: Collection[int]) -> Callable[[str], bytes]:
    """For who may say what became of it, the way to say so; for who asked, the way to ask no more."""

    def acts(argument: str) -> bytes:
        conversation, asker = argument.split()
        here = Conversation.visible_to(person).filter(pk=int(conversation)).first()
        answers = here is not None and cares_for(person, here)
        is_own = asker == str(person.pk)
        drawn = fragment("outcomes/_asked_acts.html", pk=int(conversation), answers=answers, is_own=is_own)
        return drawn.encode()

    return acts


@additions.on_cards(order=10)
def on_cards(conversations: Sequence[int]) -> Mapping[int, Markup]:
    found = standing(conversations)
    return {pk: fragment("outcomes/_on_card.html", outcome=outcome) for pk, outcome in found.items()}


@panel("conversation-acts", order=40)
def conclude(request: PersonRequest, conversation: Conversation) -> Markup | str:
    if not cares_for(request.user, conversation):
        return ""
    return fragment("outcomes/_conclude.html", pk=conversation.pk)


@panel("conversation-acts", order=42)
def ask_for_it(request: PersonRequest, conversation: Conversation) -> Markup | str:
    """For anybody but who opened it: they know who has to say it."""
    is_own = conversation.author_id == request.user.pk
    if is_own or conversation.space_id is None or standing([conversation.pk]) or asked(conversation.pk):
        return ""
    return fragment("outcomes/_ask.html", pk=conversation.pk)


@marks_of_use
def came_of_it(span: Span) -> Sequence[Mark]:
    """The outcomes that stand, of the conversations that somebody opened."""
    says = _("An outcome came of it")
    return [
        Mark("circle-check", says, each.conversation_id, each.conversation.title, each.words, each.written_at)
        for each in last_of(Conversation.visible_to(span.reader).filter(author=span.person))
        if span.since <= each.written_at < span.until
    ]
