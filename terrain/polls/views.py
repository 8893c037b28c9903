"""Voting, and the page that says who chose what."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_http_methods

from terrain.conversations.models import Message
from terrain.conversations.views import address, back
from terrain.people.request import PersonRequest
from terrain.polls.models import Choice, Poll
from terrain.polls.results import results, who_chose
from terrain.polls.voting import take_back, vote
from terrain.web.rendering import page


@require_http_methods(["GET", "POST", "DELETE"])
def votes(request: PersonRequest, pk: int) -> HttpResponse:
    """Vote for a choice, or take that back; a secret vote is final, and so asks once more on a page of its own."""
    visible = Choice.objects.filter(poll__message__in=Message.visible_to(request.user).standing())
    choice = get_object_or_404(visible.select_related("poll__message"), pk=pk)
    if request.method == "GET":
        return page(request, "polls/vote.html", choice=choice, to=address(choice.poll.message))
    verb = vote if request.method == "POST" else take_back
    verb(choice, request.user)
    return back(request, address(choice.poll.message))


@require_GET
def poll(request: PersonRequest, pk: int) -> HttpResponse:
    """The results of a poll in figures, and, where it is not secret, who chose what."""
    visible = Poll.objects.filter(message__in=Message.visible_to(request.user).standing())
    here = get_object_or_404(visible.select_related("message__conversation"), pk=pk)
    return page(
        request,
        "polls/poll.html",
        poll=here,
        results=results([here.conversation_id], request.user)[pk],
        chosen=[] if here.is_secret else who_chose(here),
        to=address(here.message),
    )
