"""The signs on a message: who put which, finding any other, putting one and taking it back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from terrain.conversations import emojis, reacting
from terrain.conversations.forms import ReactionForm
from terrain.conversations.models import Message
from terrain.conversations.views import address, back
from terrain.people.request import PersonRequest
from terrain.web import asked
from terrain.web.rendering import page


@require_http_methods(["GET", "POST", "DELETE"])
def reactions(request: PersonRequest, pk: int) -> HttpResponse:
    """Who reacted, and with what; react to a message, or take one's sign back."""
    found = get_object_or_404(
        Message.visible_to(request.user).standing().select_related("conversation"), pk=pk
    )
    if request.method == "GET":
        return _shown(request, found)
    form = ReactionForm(request.POST or request.GET)
    if not form.is_valid():
        return HttpResponse(status=422)
    verb = reacting.react if request.method == "POST" else reacting.take_back
    verb(found, request.user, form.cleaned_data["emoji"])
    return back(request, address(found))


def _shown(request: PersonRequest, message: Message) -> HttpResponse:
    put, q = reacting.who_reacted(message), asked.words(request, most=40)
    return page(
        request,
        "conversations/reactions.html",
        message=message,
        put=put,
        own={sign for sign, people in put if request.user in people},
        q=q,
        found=emojis.found(q),
    )
