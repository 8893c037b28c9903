"""Where notifications show: in the navigation with their number, on top of the feed, in the menus that set how many."""

from django.urls import reverse
from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from terrain.conversations.models import Conversation
from terrain.notifications.level import wants_all, wants_all_of_space
from terrain.notifications.listing import waiting
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.web import shell
from terrain.web.panels import panel
from terrain.web.rendering import fragment

BESIDE = 3

shell.add(
    shell.Place(
        "for_you",
        pgettext_lazy("place", "For you"),
        "bell",
        "for_you",
        order=15,
        on_phone=False,
        count=lambda person: person.news,
    )
)


@panel("feed-top", order=9)
def waits(request: PersonRequest, _thing: object) -> Markup | str:
    """What waits, on top of the feed; nothing is asked where nothing does."""
    if not request.user.news:
        return ""
    found = waiting(request.user, 20)
    more = request.user.news - sum(len(each.lines) for each in found[:BESIDE])
    return fragment("notifications/_on_feed.html", waiting=found[:BESIDE], more=more) if found else ""


@panel("conversation-acts", order=18)
def level_of_conversation(request: PersonRequest, conversation: Conversation) -> Markup | str:
    if conversation.space_id is None:
        return ""
    where = reverse("conversation_level", args=[conversation.pk])
    return fragment("notifications/_level.html", where=where, wants_all=wants_all(conversation, request.user))


@panel("space-acts", order=48)
def level_of_space(request: PersonRequest, space: Space) -> Markup | str:
    wants = wants_all_of_space(space, request.user)
    if wants is None:
        return ""
    return fragment(
        "notifications/_level.html", where=reverse("space_level", args=[space.pk]), wants_all=wants
    )
