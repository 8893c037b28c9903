"""Where drafts show: on one's own page, and in the forms in which one writes."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from terrain.conversations.kinds import kind as kind_named
from terrain.conversations.kinds import kinds
from terrain.conversations.marks import Mark, Span, marks_of_use
from terrain.conversations.models import Conversation
from terrain.drafts import keeping as keeping
from terrain.drafts.models import Draft, Template, Use
from terrain.drafts.template import templates_of
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.web.panels import panel
from terrain.web.rendering import fragment

BESIDE = 5


@panel("conversation-acts", order=60)
def as_template(request: PersonRequest, conversation: Conversation) -> Markup | str:
    """For the members of its space: offering its opening to be begun from."""
    known, space = kind_named(conversation.kind), conversation.space_id
    if (
        known is None
        or not known.offered
        or space is None
        or not Space.of(request.user).filter(pk=space).exists()
    ):
        return ""
    is_one = Template.visible_to(request.user).filter(message__conversation=conversation).exists()
    return fragment("drafts/_template_act.html", pk=conversation.pk, is_one=is_one)


@panel("space-aside", order=40)
def templates(request: PersonRequest, space: Space) -> Markup | str:
    """What one begins from in this space."""
    found = templates_of(space, request.user)[:BESIDE] if not space.is_archived else []
    if not found:
        return ""
    return fragment("drafts/_templates.html", templates=[(each, _begun_from(each)) for each in found])


def _begun_from(template: Template) -> str:
    kind = kind_named(template.message.conversation.kind) or kinds()[0]
    return f"{reverse(kind.compose)}?template={template.pk}"


@marks_of_use
def reused(span: Span) -> Sequence[Mark]:
    """What others began from somebody's words."""
    uses = (
        Use.objects.filter(
            template__in=Template.visible_to(span.reader),
            template__message__author=span.person,
            conversation__in=Conversation.visible_to(span.reader),
            conversation__opened_at__gte=span.since,
            conversation__opened_at__lt=span.until,
        )
        .exclude(conversation__author=span.person)
        .select_related("conversation", "template__message__conversation")
    )
    says = _("Reused as a template")
    return [
        Mark("files", says, first.pk, first.title, each.conversation.title, each.conversation.opened_at)
        for each in uses
        for first in [each.template.message.conversation]
    ]


@panel("person-acts", order=40)
def own_drafts(request: PersonRequest, somebody: Person) -> Markup | str:
    """On one's own page, the way to what one has begun."""
    if somebody != request.user:
        return ""
    return fragment("drafts/_own_drafts.html", count=Draft.of(somebody).count())
