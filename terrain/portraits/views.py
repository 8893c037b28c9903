"""Showing a picture of oneself."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from terrain.people.about import Audience
from terrain.people.request import PersonRequest
from terrain.portraits.forms import PortraitForm
from terrain.portraits.showing import portrait, show, take_away
from terrain.web.rendering import page


@require_http_methods(["GET", "POST", "DELETE"])
def own_portrait(request: PersonRequest) -> HttpResponse:
    """The picture that one shows of oneself: another one, other people who see it, or none."""
    person = request.user
    if request.method == "DELETE":
        take_away(person)
        return redirect("me")
    now = portrait(person, person)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PortraitForm(person, now is not None, *sent)
    if request.method == "POST" and form.is_valid():
        show(person, form.cleaned_data["audience"], form.cleaned_data["picture"])
        return redirect("me")
    return page(
        request,
        "portraits/own_portrait.html",
        status=422 if form.errors else 200,
        place="me",
        form=form,
        portrait=now,
        audiences=Audience.choices,
        chosen=request.POST.get("audience") or (now.audience if now else Audience.EVERYBODY),
    )
