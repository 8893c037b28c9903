"""The pages of handing a space over: the act, what is told of it, and all there were."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from terrain.people.request import PersonRequest
from terrain.spaces.forms import HandOverForm
from terrain.spaces.handing_over import by_month, hand_over, handed_over, may_hand_over
from terrain.spaces.models import Openness, Space
from terrain.web.rendering import page


@require_http_methods(["GET", "POST"])
def handover(request: PersonRequest, pk: int) -> HttpResponse:
    """Who handed a space over, when and why; before that, doing it, for who opened it or looks after it."""
    space = get_object_or_404(Space.visible_to(request.user).select_related("handover__person"), pk=pk)
    is_done = hasattr(space, "handover")
    if not is_done and not may_hand_over(space, request.user):
        raise Http404
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and not is_done and form.is_valid():
        hand_over(space, request.user, form.cleaned_data["why"])
        return redirect("handover", pk)
    return page(
        request,
        "spaces/handover.html",
        status=422 if form.errors else 200,
        place="spaces",
        space=space,
        handover=space.handover if is_done else None,
        form=form,
        is_secret=space.openness == Openness.SECRET,
    )


@require_GET
def handovers(request: PersonRequest) -> HttpResponse:
    """Every space that was handed over to its members, and how many there were each month."""
    found = handed_over(Space.visible_to(request.user))[:200]
    return page(request, "spaces/handovers.html", place="spaces", handovers=list(found), months=by_month())
