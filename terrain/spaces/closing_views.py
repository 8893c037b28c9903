"""The pages where the members of a space change for whom it is, and whether it is a unit's own."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from terrain.people.request import PersonRequest
from terrain.spaces.by_chart import give_to_unit, take_from_unit
from terrain.spaces.closing import announce_closing, call_off, open_up
from terrain.spaces.forms import ClosingForm
from terrain.spaces.models import Openness, Space
from terrain.web.rendering import page


@require_http_methods(["GET", "POST", "DELETE"])
def openness(request: PersonRequest, pk: int) -> HttpResponse:
    """A member announces that an open space closes, or calls that off; or opens a closed one."""
    space = get_object_or_404(
        Space.of(request.user).select_related("closing__person", "of_unit__unit"), pk=pk
    )
    if request.method == "DELETE":
        call_off(space, request.user)
        return redirect("space", pk)
    if request.method == "POST" and space.openness != Openness.OPEN:
        open_up(space, request.user)
        return redirect("space", pk)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        announce_closing(space, request.user, form.cleaned_data["why"])
        return redirect("space", pk)
    return page(
        request,
        "spaces/openness.html",
        status=422 if form.errors else 200,
        place="spaces",
        space=space,
        closing=getattr(space, "closing", None),
        unit=space.of_unit.unit if hasattr(space, "of_unit") else None,
        form=form,
    )


@require_http_methods(["POST", "DELETE"])
def of_unit(request: PersonRequest, pk: int) -> HttpResponse:
    """A member makes the space their unit's own, or anybody's again."""
    space = get_object_or_404(Space.of(request.user), pk=pk)
    if request.method == "POST":
        give_to_unit(space, request.user)
    else:
        take_from_unit(space, request.user)
    return redirect("space", pk)
