"""The list of what one saved for later, and the gesture."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from terrain.conversations.excerpts import excerpt
from terrain.conversations.models import Message
from terrain.conversations.views import back
from terrain.people.request import PersonRequest
from terrain.saving.models import Saved
from terrain.web.rendering import page

MOST = 200


@require_GET
def saved(request: PersonRequest) -> HttpResponse:
    """The 200 last things saved, the latest first; what one may no longer read is left out."""
    found = Saved.objects.filter(person=request.user, message__in=Message.visible_to(request.user).standing())
    things = found.select_related("message__author", "message__conversation").order_by("-saved_at")[:MOST]
    return page(
        request,
        "saving/saved.html",
        place="saved",
        things=[(each.message, excerpt(each.message.body), each.saved_at) for each in things],
    )


@require_http_methods(["POST", "DELETE"])
def saving(request: PersonRequest, pk: int) -> HttpResponse:
    """Save a message for later, or no longer."""
    message = get_object_or_404(Message.visible_to(request.user), pk=pk)
    if request.method == "POST":
        Saved.objects.get_or_create(person=request.user, message=message)
    else:
        Saved.objects.filter(person=request.user, message=message).delete()
    return back(request, reverse("message", args=[pk]))
