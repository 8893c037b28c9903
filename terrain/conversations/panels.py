"""Where conversations are found from everywhere, and what they show on the pages of people."""

from django.urls import reverse
from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from terrain.conversations.cards import cards
from terrain.conversations.feed import opened_by
from terrain.conversations.following import follows_person
from terrain.conversations.kinds import kinds
from terrain.conversations.models import Conversation, Message, Version
from terrain.conversations.muting import is_muted, is_muted_space, muted_by
from terrain.conversations.readers import readers
from terrain.conversations.thread import Opened
from terrain.conversations.versions import other_than
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.web import shell
from terrain.web.panels import panel
from terrain.web.rendering import fragment

shell.add(shell.Place("feed", pgettext_lazy("place", "Feed"), "rss", "feed", order=10))


@panel("profile", order=50)
def opened(request: PersonRequest, person: Person) -> Markup | str:
    """What this person opened lately, as far as the reader may read it."""
    found = opened_by(person.pk, request.user)
    if not found.listed:
        return ""
    drawn = cards(found.listed[:6], request.user, request.organisation.epoch)
    return fragment("conversations/_opened_by.html", cards=drawn.shown, person=person)


@panel("quiet-space", order=10)
def wake_with_a_message(_request: PersonRequest, space: Space) -> Markup:
    return fragment("conversations/_wake.html", space=space, compose=kinds()[0].compose)


@panel("message-acts", order=10)
def copy_message_link(_request: PersonRequest, message: Message) -> Markup:
    return fragment("conversations/_copy_link.html", to=reverse("message", args=[message.pk]))


@panel("message-acts", order=15)
def quote_a_passage(_request: PersonRequest, message: Message) -> Markup | str:
    return fragment("conversations/_quote_passage.html", pk=message.pk) if message.body else ""


@panel("message-acts", order=70)
def say_it_in_the_other_language(request: PersonRequest, message: Message) -> Markup | str:
    if message.author_id != request.user.pk or not message.body:
        return ""
    return fragment(
        "conversations/_say_also.html",
        pk=message.pk,
        language=other_than(message.language or request.user.language or "en"),
        is_there=Version.objects.filter(message=message).exists(),
    )


@panel("message-acts", order=90)
def withdraw(request: PersonRequest, message: Message) -> Markup | str:
    is_own = message.author_id == request.user.pk and message.body
    return fragment("conversations/_withdraw.html", pk=message.pk) if is_own else ""


@panel("conversation-acts", order=10)
def copy_conversation_link(_request: PersonRequest, conversation: Conversation) -> Markup:
    return fragment("conversations/_copy_link.html", to=reverse("conversation", args=[conversation.pk]))


@panel("conversation-acts", order=20)
def mute_conversation(request: PersonRequest, conversation: Conversation) -> Markup:
    where = reverse("conversation_muting", args=[conversation.pk])
    return fragment("conversations/_mute.html", where=where, muted=is_muted(conversation, request.user))


@panel("space-acts", order=50)
def mute_space(request: PersonRequest, space: Space) -> Markup | str:
    muted = is_muted_space(space, request.user)
    if muted is None:
        return ""
    return fragment("conversations/_mute.html", where=reverse("space_muting", args=[space.pk]), muted=muted)


@panel("person-acts", order=20)
def follow_or_mute_person(request: PersonRequest, somebody: Person) -> Markup | str:
    if somebody == request.user:
        return ""
    return fragment(
        "conversations/_person_acts.html",
        pk=somebody.pk,
        follows=follows_person(somebody, request.user),
        muted=is_muted(somebody, request.user),
    )


@panel("conversation-aside", order=5)
def read_by(request: PersonRequest, opened: Opened) -> Markup | str:
    """How many have read it, for who opened it in a space; what is said directly counts nobody."""
    if opened.author_id != request.user.pk or opened.space_id is None:
        return ""
    count = readers(opened.id)
    return fragment("conversations/_read_by.html", count=count) if count else ""


@panel("settings", order=40)
def muted(request: PersonRequest, person: Person) -> Markup | str:
    """What one muted, each with the way to let it back in."""
    things = [
        (str(thing), reverse(f"{name}_muting", args=[thing.pk]), reverse(name, args=[thing.pk]))
        for thing in muted_by(person)
        for name in [type(thing).__name__.lower()]
    ]
    return fragment("conversations/_muted.html", things=things) if things else ""
