"""The pages of who looks after a space: their desk, what they can do, and doing it."""

import uuid

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from terrain.conversations.forms import MessageForm
from terrain.conversations.kinds import kinds
from terrain.conversations.models import Conversation, Message
from terrain.hosting import pinning, summing_up
from terrain.hosting.arriving import NEW, put_away
from terrain.hosting.desk import desk as desk_of
from terrain.hosting.folding import fold, unfold
from terrain.hosting.forms import SummaryForm
from terrain.hosting.hosting import NotAMember, TooManyHosts, hosted_by, step_down, volunteer
from terrain.hosting.powers import POWERS
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.web import markup
from terrain.web.panels import drawn
from terrain.web.rendering import page


@require_GET
def desk(request: PersonRequest) -> HttpResponse:
    """What waits in the spaces that one looks after."""
    return page(
        request,
        "hosting/desk.html",
        place="me",
        desk=desk_of(request.user),
        beside=drawn("desk", request),
        compose=kinds()[0].compose,
    )


@require_GET
def hosts(request: PersonRequest) -> HttpResponse:
    """What a host can do."""
    return page(request, "hosting/hosts.html", powers=POWERS)


@require_http_methods(["POST", "DELETE"])
def hosting(request: PersonRequest, pk: int) -> HttpResponse:
    """Look after a space that one belongs to, for six months, or no longer."""
    space = get_object_or_404(Space.of(request.user), pk=pk)
    if request.method == "DELETE":
        step_down(space, request.user)
        return redirect("space", pk)
    try:
        volunteer(space, request.user)
    except NotAMember:
        raise Http404 from None
    except TooManyHosts:
        return _refused(
            request,
            _("Five people look after this space already: take over when a term ends."),
            "space",
            space,
        )
    return redirect("space", pk)


@require_http_methods(["POST", "DELETE"])
def pin(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep a conversation on top of a space that one looks after, or no longer."""
    here = get_object_or_404(_hosted(request), pk=pk)
    if request.method == "DELETE":
        pinning.unpin(here, request.user)
        return redirect("space", here.space_id)
    try:
        pinning.pin(here, request.user)
    except pinning.TooManyPins:
        said = _("Three conversations are pinned in this space already: unpin one first.")
        return _refused(request, said, "conversation", here)
    return redirect("space", here.space_id)


@require_http_methods(["POST", "DELETE"])
def folding(request: PersonRequest, pk: int) -> HttpResponse:
    """Fold a message in a space that one looks after, or unfold it; its author unfolds it too."""
    seen = Message.visible_to(request.user).standing().select_related("conversation")
    hosts = Q(conversation__space__in=hosted_by(request.user))
    if request.method == "DELETE":
        unfold(get_object_or_404(seen, hosts | Q(author=request.user), pk=pk), request.user)
    else:
        fold(get_object_or_404(seen, hosts, pk=pk), request.user)
    return redirect("message", pk)


@require_http_methods(["GET", "POST"])
def summary(request: PersonRequest, pk: int) -> HttpResponse:
    """What a conversation has said, in all its versions; for who looks after its space, writing one."""
    here = get_object_or_404(Conversation.visible_to(request.user), pk=pk)
    versions = list(summing_up.summaries(pk))
    may_write = _hosted(request).filter(pk=pk).exists()
    if not may_write and (request.method == "POST" or not versions):
        raise Http404
    form = SummaryForm(request.POST or None, initial={"body": versions[0].body if versions else ""})
    if request.method == "POST" and form.is_valid():
        summing_up.sum_up(here, request.user, form.cleaned_data["body"])
        return redirect("conversation", pk)
    return page(
        request,
        "hosting/summary.html",
        status=422 if form.errors else 200,
        conversation=here,
        versions=versions,
        may_write=may_write,
        form=form,
    )


@require_GET
def welcome(request: PersonRequest, pk: int) -> HttpResponse:
    """A word of welcome to who has just come, ready to be sent or said otherwise: an ordinary reply."""
    words = Message.visible_to(request.user).standing()
    words = words.filter(conversation__space__in=hosted_by(request.user))
    said = get_object_or_404(words.select_related("author", "conversation"), pk=pk)
    if said.author is None or said.written_at - said.author.joined_at > NEW:
        raise Http404
    begun = markup.from_text(_("Welcome, %(name)s!") % {"name": said.author.name.split()[0]})
    form = MessageForm(initial={"body": begun, "key": uuid.uuid4(), "reply_to": said.pk})
    return page(request, "hosting/welcome.html", place="me", said=said, form=form)


def _hosted(request: PersonRequest) -> "QuerySet[Conversation]":
    """The conversations of the spaces that one looks after."""
    return Conversation.visible_to(request.user).filter(space__in=hosted_by(request.user))


def _refused(request: PersonRequest, said: str, to: str, thing: Space | Conversation) -> HttpResponse:
    return page(request, "hosting/refused.html", status=422, said=said, to=to, thing=thing)


@require_http_methods(["DELETE"])
def first_month(request: PersonRequest) -> HttpResponse:
    """Put away what helps in one's first month."""
    put_away(request.user)
    return redirect("feed")
