"""Where an outcome shows: on top of its conversation, on its card, in a menu, and as a mark of use."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from markupsafe import Markup

from terrain.conversations import additions
from terrain.conversations.care import cares_for
from terrain.conversations.marks import Mark, Span, marks_of_use
from terrain.conversations.models import Conversation
from terrain.outcomes.outcome import last_of, standing
from terrain.people.request import PersonRequest
from terrain.web.fragments import slot
from terrain.web.panels import panel
from terrain.web.rendering import fragment


@additions.on_top(order=10)
def on_top(conversation: int) -> Markup | str:
    outcome = standing([conversation]).get(conversation)
    return fragment("outcomes/_on_top.html", outcome=outcome, slot=slot) if outcome else ""


@additions.on_cards(order=10)
def on_cards(conversations: Sequence[int]) -> Mapping[int, Markup]:
    found = standing(conversations)
    return {pk: fragment("outcomes/_on_card.html", outcome=outcome) for pk, outcome in found.items()}


@panel("conversation-acts", order=40)
def conclude(request: PersonRequest, conversation: Conversation) -> Markup | str:
    if not cares_for(request.user, conversation):
        return ""
    return fragment("outcomes/_conclude.html", pk=conversation.pk)


@marks_of_use
def came_of_it(span: Span) -> Sequence[Mark]:
    """The outcomes that stand, of the conversations that somebody opened."""
    says = _("An outcome came of it")
    return [
        Mark("circle-check", says, each.conversation_id, each.conversation.title, each.words, each.written_at)
        for each in last_of(Conversation.visible_to(span.reader).filter(author=span.person))
        if span.since <= each.written_at < span.until
    ]
