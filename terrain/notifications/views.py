"""The page of what waits for somebody, and how much they want to be told."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from terrain.conversations.models import Conversation
from terrain.conversations.views import back
from terrain.notifications.forms import AttentionForm
from terrain.notifications.hours import Attention
from terrain.notifications.level import Thing, want_all, want_own
from terrain.notifications.listing import waiting
from terrain.notifications.mails import person_of
from terrain.notifications.notification import forget_all
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
def attention(request: PersonRequest) -> HttpResponse:
    """How one is told by mail, and when nothing rings."""
    form = AttentionForm(request.POST)
    if form.is_valid():
        Attention.objects.update_or_create(person=request.user, defaults=form.cleaned_data)
        return redirect("settings")
    hour = hour_at(request.user.zone)
    return page(request, "notifications/attention.html", status=422, place="me", form=form, zone_hour=hour)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop_mails(request: HttpRequest, key: str) -> HttpResponse:
    """No more mails to whose address this is: by a press here, or in the mail program itself (RFC 8058)."""
    person = person_of(key)
    if person is None:
        raise Http404
    if request.method == "POST":
        Attention.objects.update_or_create(person=person, defaults={"by_mail": False})
    return render_bare(request, "notifications/stop.html", key=key, is_stopped=request.method == "POST")


@require_http_methods(["POST", "DELETE"])
def conversation_notifications(request: PersonRequest, pk: int) -> HttpResponse:
    """Be told of every message of a conversation, or of what concerns one."""
    here = get_object_or_404(Conversation.visible_to(request.user).select_related("space"), pk=pk)
    return _level(request, here, reverse("conversation", args=[pk]))


@require_http_methods(["POST", "DELETE"])
def space_notifications(request: PersonRequest, pk: int) -> HttpResponse:
    """The same for one of one's spaces."""
    return _level(request, get_object_or_404(Space.of(request.user), pk=pk), reverse("space", args=[pk]))


def _level(request: PersonRequest, thing: Thing, to: str) -> HttpResponse:
    (want_all if request.method == "POST" else want_own)(thing, request.user)
    return back(request, to)
