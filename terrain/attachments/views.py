"""Saying what the pictures of one's own message show, after it was written."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from terrain.attachments.attaching import describe, pictures_of
from terrain.attachments.forms import AltsForm
from terrain.conversations.models import Message
from terrain.people.request import PersonRequest
from terrain.web.rendering import page


@require_http_methods(["GET", "POST"])
def alts(request: PersonRequest, pk: int) -> HttpResponse:
    """What each picture of a message shows, in words; nobody else's message can be found here."""
    own = Message.visible_to(request.user).standing().filter(author=request.user)
    mine = get_object_or_404(own.select_related("conversation"), pk=pk)
    pictures = pictures_of(mine)
    if not pictures:
        raise Http404
    form = AltsForm(pictures, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        describe(mine, form.alts)
        return redirect("message", pk)
    return page(request, "attachments/alts.html", status=422 if form.errors else 200, message=mine, form=form)
