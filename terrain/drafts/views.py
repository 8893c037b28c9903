"""The page of one's own drafts, keeping one, discarding one."""

import uuid
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_http_methods

from terrain.conversations.kinds import all_kinds
from terrain.conversations.models import Conversation
from terrain.conversations.views import back
from terrain.drafts import draft as verbs
from terrain.drafts import later
from terrain.drafts import template as templates
from terrain.drafts.keeping import as_key, empty_note, note, why_not, written
from terrain.drafts.listing import listed
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.web.rendering import page


@require_http_methods(["GET", "POST"])
def drafts(request: PersonRequest) -> HttpResponse:
    """One's own drafts; a form sends itself here while somebody writes in it."""
    if request.method == "GET":
        return page(request, "drafts/drafts.html", place="me", drafts=listed(request.user))
    key, where = as_key(request.POST.get("key", "")), _where(request)
    if key is None or where is None:
        return redirect("drafts")
    if "blank" in request.POST:
        verbs.discard(request.user, key)
        return HttpResponse(empty_note())
    return _keep(request, key, *where)


def _keep(request: PersonRequest, key: UUID, kind: str, conversation: Conversation | None) -> HttpResponse:
    try:
        kept = verbs.keep(request.user, key, written(request.POST), kind, conversation)
    except (verbs.TooMany, verbs.TooLong) as refused:
        return HttpResponse(empty_note(why_not(refused)), status=422)
    if kept is None:
        # Its message was published elsewhere: what is written from now on is another one.
        return HttpResponse(str(uuid.uuid4()), status=410)
    return HttpResponse(note(kept, request.user))


def _where(request: PersonRequest) -> tuple[str, Conversation | None] | None:
    """The kind that the form begins, or the conversation that it answers, found in the scope; None for other forms."""
    try:
        found = resolve(request.POST.get("place", ""))
    except Resolver404:
        return None
    if found.url_name == "messages":
        return "", get_object_or_404(Conversation.visible_to(request.user), pk=found.kwargs["pk"])
    named = (kind.name for kind in all_kinds() if kind.compose == found.url_name)
    return next(((name, None) for name in named), None)


@require_http_methods(["DELETE"])
def draft(request: PersonRequest, key: UUID) -> HttpResponse:
    """Discard a draft."""
    verbs.discard(request.user, get_object_or_404(verbs.Draft.of(request.user), key=key).key)
    return back(request, "/drafts")


@require_http_methods(["DELETE"])
def planning(request: PersonRequest, key: UUID) -> HttpResponse:
    """Do not publish it at that moment: it waits for its author again."""
    later.unplan(get_object_or_404(verbs.Draft.of(request.user), key=key))
    return back(request, "/drafts")


@require_http_methods(["POST", "DELETE"])
def template(request: PersonRequest, pk: int) -> HttpResponse:
    """Offer a conversation of one's spaces as a template, or no longer: any member of its space may."""
    own = Conversation.visible_to(request.user).filter(space__in=Space.of(request.user))
    here = get_object_or_404(own, pk=pk)
    if request.method == "DELETE":
        templates.let_go(here)
    else:
        templates.save(here, request.user)
    return back(request, f"/conversations/{pk}")
