"""What a person lets into their feed: the gestures of following and of muting."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from terrain.conversations.following import follow, follow_person, unfollow, unfollow_person
from terrain.conversations.models import Conversation
from terrain.conversations.muting import Muted, mute, unmute
from terrain.conversations.views import back, gesture
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space

Verb = Callable[[Muted, Person], None]


@gesture
def followings(request: PersonRequest, pk: int) -> HttpResponse:
    """Follow a conversation, or no longer; who follows it hears of it again."""
    here = get_object_or_404(Conversation.visible_to(request.user), pk=pk)
    if request.method == "POST":
        follow(here, request.user)
        unmute(here, request.user)
    else:
        unfollow(here, request.user)
    return back(request, reverse("conversation", args=[pk]))


@gesture
def person_followings(request: PersonRequest, pk: int) -> HttpResponse:
    """Follow what somebody opens, or no longer."""
    somebody = get_object_or_404(Person, pk=pk)
    if request.method == "POST":
        follow_person(somebody, request.user)
        unmute(somebody, request.user)
    else:
        unfollow_person(somebody, request.user)
    return back(request, reverse("person", args=[pk]))


@gesture
def conversation_muting(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep a conversation out of one's feed, or let it back in."""
    here = get_object_or_404(Conversation.visible_to(request.user), pk=pk)
    return _muting(request, here, reverse("conversation", args=[pk]))


@gesture
def space_muting(request: PersonRequest, pk: int) -> HttpResponse:
    """The same for one of one's spaces."""
    return _muting(request, get_object_or_404(Space.of(request.user), pk=pk), reverse("space", args=[pk]))


@gesture
def person_muting(request: PersonRequest, pk: int) -> HttpResponse:
    """The same for what somebody opens; they are not told."""
    return _muting(request, get_object_or_404(Person, pk=pk), reverse("person", args=[pk]))


def _muting(request: PersonRequest, thing: Muted, to: str) -> HttpResponse:
    verb: Verb = mute if request.method == "POST" else unmute
    verb(thing, request.user)
    return back(request, to)
