"""The pages of who knows: asking, and being found or not."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from terrain.conversations.kinds import kinds
from terrain.knowing import finding
from terrain.people.request import PersonRequest
from terrain.web import asked
from terrain.web.rendering import page


@require_GET
def who_knows(request: PersonRequest) -> HttpResponse:
    """Who may know about something."""
    words = asked.words(request)
    return page(
        request,
        "knowing/who_knows.html",
        place="people",
        words=words,
        found=finding.who_knows(words, request.user),
        compose=kinds()[0].compose,
    )


@require_http_methods(["POST", "DELETE"])
def being_found(request: PersonRequest) -> HttpResponse:
    """Be found by what one knows, or no longer."""
    (finding.opt_in if request.method == "POST" else finding.opt_out)(request.user)
    return redirect("settings")
