"""Where sharing shows: in the menu of a conversation, on top of it, and on its card, to those who may read there."""

from collections.abc import Callable, Collection, Mapping, Sequence

from markupsafe import Markup

from terrain.conversations import additions
from terrain.conversations.feed import comes_from, stands_in
from terrain.conversations.models import Conversation
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.sharing.models import Share
from terrain.sharing.share import shares_of
from terrain.web.fragments import slot
from terrain.web.panels import panel
from terrain.web.rendering import fragment

stands_in("select conversation_id from sharing_share where space_id = %(space)s")
comes_from(
    """select s.conversation_id, s.shared_at from sharing_share s
    join spaces_membership m on m.space_id = s.space_id and m.person_id = %(person)s"""
)


@panel("conversation-acts", order=15)
def share(_request: PersonRequest, conversation: Conversation) -> Markup | str:
    return fragment("sharing/_share.html", pk=conversation.pk) if conversation.space_id else ""


@additions.on_top(order=5)
def on_top(conversation: int) -> Markup | str:
    return slot("shared", conversation) if Share.objects.filter(conversation=conversation).exists() else ""


@additions.on_cards(order=5, table="sharing_share")
def on_cards(conversations: Sequence[int]) -> Mapping[int, Markup]:
    return {pk: slot("shared", pk) for pk in conversations}


@additions.filler("shared")
def shared(person: Person, conversations: Collection[int]) -> Callable[[str], bytes]:
    found = shares_of(conversations, person)
    shown = {pk: fragment("sharing/_shared.html", shares=shares) for pk, shares in found.items()}
    return lambda pk: shown.get(int(pk), "").encode()
