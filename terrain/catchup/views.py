"""The page on which one catches up, and reading no more of it."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from terrain.catchup.listing import KEPT, OLD, most_followed
from terrain.catchup.listing import catch_up as caught_up
from terrain.conversations.unread import read_all
from terrain.people.request import PersonRequest
from terrain.web.rendering import page


@require_http_methods(["GET", "POST"])
def catch_up(request: PersonRequest) -> HttpResponse:
    """What one has not read; or to be done with it, up to the moment that the page shows."""
    now, language = timezone.now(), translation.get_language() or "en"
    if request.method == "POST":
        until = _moment(request.GET.get("until", "")) or now
        kept = most_followed(request.user, language, until) if "keep" in request.GET else ()
        read_all(request.user, min(until, now), kept)
        return redirect("catch_up")
    return page(
        request,
        "catchup/catch_up.html",
        place="feed",
        found=caught_up(request.user, language, now),
        now=now.isoformat(),
        old=(now - OLD).isoformat(),
        kept=KEPT,
    )


def _moment(said: str) -> datetime | None:
    """The moment that an address names; None where it names none."""
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else None
