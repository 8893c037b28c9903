"""Where looking after a space shows: on its page, in menus, on what was pinned, summed up or folded."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from terrain.conversations import additions
from terrain.conversations.kinds import kinds
from terrain.conversations.marks import Span
from terrain.conversations.models import Conversation, Message
from terrain.hosting.arriving import first_month
from terrain.hosting.hosting import Hosting, is_host, terms_within
from terrain.hosting.looking import LookedAfter, looked_after
from terrain.hosting.models import Folding, Pin
from terrain.hosting.summing_up import summaries
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.spaces.models import Openness, Space
from terrain.web.fragments import slot
from terrain.web.panels import panel
from terrain.web.rendering import fragment


@panel("space-top", order=20)
def on_top_of_space(request: PersonRequest, space: Space) -> Markup | str:
    """What is pinned, and a call for volunteers where nobody has looked after the space for a while."""
    after = _looked_after(request, space)
    if after is None or not (after.pins or (after.belongs and after.calls)):
        return ""
    return fragment("hosting/_space_top.html", space=space, after=after)


@panel("feed-top", order=8)
def first_month_of(request: PersonRequest, _thing: object) -> Markup | str:
    """Of somebody who came less than a month ago."""
    if not (found := first_month(request.user)):
        return ""
    name = request.user.name.split()[0]
    return fragment("hosting/_first_month.html", found=found, name=name, write=kinds()[0].compose)


@panel("space-aside", order=20)
def hosts(request: PersonRequest, space: Space) -> Markup | str:
    """Who looks after the space, and until when."""
    after = _looked_after(request, space)
    can_be = space.openness != Openness.SECRET and not hasattr(space, "handover")
    return (
        fragment("hosting/_hosts.html", space=space, after=after, can_be_handed_over=can_be) if after else ""
    )


def _looked_after(request: PersonRequest, space: Space) -> LookedAfter | None:
    """Asked once for a page, which has two places for it."""
    kept: dict[int, LookedAfter | None] = request.__dict__.setdefault("looked_after", {})
    if space.pk not in kept:
        kept[space.pk] = looked_after(space, request.user)
    return kept[space.pk]


@panel("quiet-space", order=20)
def entrust(request: PersonRequest, space: Space) -> Markup | str:
    """A quiet space may find somebody to look after it."""
    after = _looked_after(request, space)
    if after is None or after.own or not after.has_room:
        return ""
    return fragment("hosting/_entrust.html", space=space)


@panel("person-acts", order=30)
def own_desk(request: PersonRequest, somebody: Person) -> Markup | str:
    """On one's own page, the way to one's desk, while one looks after a space."""
    if somebody != request.user or not Hosting.objects.filter(person=somebody).current().exists():
        return ""
    return fragment("hosting/_own_desk.html")


@panel("contributions", order=20)
def looked_after_lately(_request: PersonRequest, span: Span) -> Markup | str:
    """The spaces that somebody looked after, in what they show of their contributions."""
    terms = terms_within(span)
    return fragment("hosting/_contributed.html", terms=terms) if terms else ""


@panel("conversation-acts", order=30)
def host_acts(request: PersonRequest, conversation: Conversation) -> Markup | str:
    """What a host can do with a conversation."""
    if conversation.space_id is None or not is_host(conversation.space_id, request.user):
        return ""
    is_pinned = Pin.objects.filter(conversation=conversation).exists()
    return fragment("hosting/_acts.html", pk=conversation.pk, is_pinned=is_pinned)


@panel("message-acts", order=60)
def fold_or_unfold(request: PersonRequest, message: Message) -> Markup | str:
    """For a host, folding; unfolding for the message's author too."""
    space = message.conversation.space_id
    is_folded = Folding.objects.filter(message=message).exists()
    hosts = space is not None and is_host(space, request.user)
    if (
        message.number == 1
        or not message.body
        or not (hosts or (is_folded and message.author_id == request.user.pk))
    ):
        return ""
    return fragment("hosting/_fold.html", pk=message.pk, is_folded=is_folded)


@additions.folds(table="hosting_folding")
def off_topic(messages: Sequence[int]) -> Mapping[int, Markup]:
    found = Folding.objects.filter(message__in=messages).select_related("person")
    return {each.message_id: fragment("hosting/_folded.html", person=each.person) for each in found}


@additions.on_top(order=20)
def summed_up(conversation: int) -> Markup | str:
    """The latest summary of a conversation."""
    latest = summaries(conversation).first()
    return fragment("hosting/_summary.html", summary=latest, slot=slot) if latest else ""
