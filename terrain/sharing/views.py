"""The page on which a conversation is shared into another space."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from terrain.conversations.models import Conversation
from terrain.people.request import PersonRequest
from terrain.sharing.forms import ShareForm
from terrain.sharing.models import Share
from terrain.sharing.share import may_take_back, share, shares_of, take_back
from terrain.spaces.models import Space
from terrain.web.rendering import page


@require_http_methods(["GET", "POST"])
def shares(request: PersonRequest, pk: int) -> HttpResponse:
    """Share a conversation into one of one's spaces, with a word; one between some people is not shared."""
    visible = Conversation.visible_to(request.user).filter(space__isnull=False)
    here = get_object_or_404(visible.select_related("space"), pk=pk)
    form = ShareForm(request.POST or None, here, request.user)
    if request.method == "POST" and form.is_valid():
        share(here, form.cleaned_data["space"], request.user, form.cleaned_data["words"])
        return redirect("conversation", pk)
    return page(
        request,
        "sharing/shares.html",
        status=422 if form.errors else 200,
        conversation=here,
        form=form,
        shares=[
            (each, may_take_back(each, request.user)) for each in shares_of([pk], request.user).get(pk, [])
        ],
    )


@require_http_methods(["DELETE"])
def shared(request: PersonRequest, pk: int) -> HttpResponse:
    """No longer show a conversation in that space."""
    visible = Share.objects.filter(
        conversation__in=Conversation.visible_to(request.user), space__in=Space.readable_by(request.user)
    )
    found = get_object_or_404(visible.select_related("conversation"), pk=pk)
    if not may_take_back(found, request.user):
        raise Http404
    take_back(found)
    return redirect("shares", found.conversation_id)
