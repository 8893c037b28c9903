"""The page of what waits for somebody, and how much they want to be told."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from terrain.conversations.models import Conversation
from terrain.conversations.views import back
from terrain.notifications.digest import begin, plan_anew
from terrain.notifications.forms import AttentionForm
from terrain.notifications.hours import Attention, Often
from terrain.notifications.level import How, Thing, want
from terrain.notifications.listing import address, waiting
from terrain.notifications.mails import STOP_DIGESTS, stopped_by
from terrain.notifications.notification import Notification, forget_all, forget_thing
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.web.moments import hour_at
from terrain.web.rendering import page, render_bare


@require_http_methods(["GET", "DELETE"])
def for_you(request: PersonRequest) -> HttpResponse:
    """What waits for one, by conversation; nothing any longer, where one says so."""
    if request.method == "DELETE":
        forget_all(request.user)
        return redirect("for_you")
    return page(request, "notifications/for_you.html", place="for_you", waiting=waiting(request.user))


@require_POST
def for_you_thing(request: PersonRequest, pk: int) -> HttpResponse:
    """To a thing of which one was told, which then waits no longer."""
    told = get_object_or_404(Notification.objects.filter(person=request.user, message=None), pk=pk)
    to = address(told)
    forget_thing(told.about, told.thing or 0, person=request.user)
    return redirect(to or "for_you")


@require_POST
def attention(request: PersonRequest) -> HttpResponse:
    """How one is told by mail, and when nothing rings."""
    form = AttentionForm(request.POST)
    if form.is_valid():
        Attention.objects.update_or_create(person=request.user, defaults=form.cleaned_data)
        plan_anew(request.user)
        return redirect("settings")
    hour = hour_at(request.user.zone)
    return page(request, "notifications/attention.html", status=422, place="me", form=form, zone_hour=hour)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop_mails(request: HttpRequest, key: str) -> HttpResponse:
    """No more mails of this sort to whose address this is: by a press here, or in the mail program (RFC 8058)."""
    found = stopped_by(key)
    if found is None:
        raise Http404
    person, which = found
    digests = which == STOP_DIGESTS
    if request.method == "POST":
        none: dict[str, Any] = {"digest": Often.NEVER} if digests else {"by_mail": False}
        Attention.objects.update_or_create(person=person, defaults=none)
    stopped = request.method == "POST"
    return render_bare(request, "notifications/stop.html", key=key, is_stopped=stopped, digests=digests)


@require_POST
def conversation_notifications(request: PersonRequest, pk: int) -> HttpResponse:
    """How one is told of a conversation: of every message, of what concerns one, or by digest."""
    here = get_object_or_404(Conversation.visible_to(request.user).select_related("space"), pk=pk)
    return _level(request, here, reverse("conversation", args=[pk]))


@require_POST
def space_notifications(request: PersonRequest, pk: int) -> HttpResponse:
    """The same for one of one's spaces."""
    return _level(request, get_object_or_404(Space.of(request.user), pk=pk), reverse("space", args=[pk]))


def _level(request: PersonRequest, thing: Thing, to: str) -> HttpResponse:
    how = request.GET.get("how")
    if how not in How.values:
        return HttpResponse(status=422)
    want(thing, request.user, How(how))
    if how == How.DIGEST:
        begin(request.user)
    return back(request, to)
