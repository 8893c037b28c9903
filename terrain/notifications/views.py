"""The page of what waits for somebody, and how much they want to be told."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from terrain.conversations.models import Conversation
from terrain.conversations.views import back
from terrain.notifications.level import Thing, want_all, want_own
from terrain.notifications.listing import waiting
from terrain.notifications.notification import forget_all
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.web.rendering import page


@require_http_methods(["GET", "DELETE"])
def for_you(request: PersonRequest) -> HttpResponse:
    """What waits for one, by conversation; nothing any longer, where one says so."""
    if request.method == "DELETE":
        forget_all(request.user)
        return redirect("for_you")
    return page(request, "notifications/for_you.html", place="for_you", waiting=waiting(request.user))


@require_http_methods(["POST", "DELETE"])
def conversation_level(request: PersonRequest, pk: int) -> HttpResponse:
    """Be told of every message of a conversation, or of what concerns one."""
    here = get_object_or_404(Conversation.visible_to(request.user).select_related("space"), pk=pk)
    return _level(request, here, reverse("conversation", args=[pk]))


@require_http_methods(["POST", "DELETE"])
def space_level(request: PersonRequest, pk: int) -> HttpResponse:
    """The same for one of one's spaces."""
    return _level(request, get_object_or_404(Space.of(request.user), pk=pk), reverse("space", args=[pk]))


def _level(request: PersonRequest, thing: Thing, to: str) -> HttpResponse:
    (want_all if request.method == "POST" else want_own)(thing, request.user)
    return back(request, to)
