"""The pages of what became of a conversation: its history, saying it, asking for it, going on."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from terrain.conversations.care import cares_for
from terrain.conversations.models import Conversation
from terrain.outcomes import outcome
from terrain.outcomes.asking import ask, ask_no_more
from terrain.outcomes.forms import OutcomeForm
from terrain.people.request import PersonRequest
from terrain.web.rendering import page


@require_http_methods(["GET", "POST", "DELETE"])
def outcomes(request: PersonRequest, pk: int) -> HttpResponse:
    """What became of a conversation: read its history, say it, or go on."""
    here = get_object_or_404(Conversation.visible_to(request.user), pk=pk)
    if request.method == "DELETE":
        outcome.reopen(here, request.user)
        return redirect("conversation", pk)
    may_conclude = cares_for(request.user, here)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST":
        if not may_conclude:
            raise Http404
        if form.is_valid():
            outcome.conclude(here, request.user, form.cleaned_data["words"])
            return redirect("conversation", pk)
    return page(
        request,
        "outcomes/outcomes.html",
        status=422 if form.errors else 200,
        conversation=here,
        history=outcome.history(here),
        may_conclude=may_conclude,
        form=form,
    )


@require_http_methods(["POST", "DELETE"])
def asking(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask what became of a conversation, or no longer."""
    here = get_object_or_404(Conversation.visible_to(request.user).exclude(space=None), pk=pk)
    if request.method == "DELETE":
        ask_no_more(here, request.user)
    else:
        ask(here, request.user)
    return redirect("conversation", pk)
