"""The page of search: one box, and what it finds."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from terrain.people.request import PersonRequest
from terrain.search.answering import answer
from terrain.search.narrowing import CONVERSATIONS, FILES, MESSAGES, PEOPLE, SPACES
from terrain.web import asked
from terrain.web.rendering import page

SORTS = (PEOPLE, SPACES, CONVERSATIONS, MESSAGES, FILES)


@require_GET
def search(request: PersonRequest) -> HttpResponse:
    """What somebody looks for; an open page asks for the same as one types."""
    typed, sort = request.GET.get("q", ""), request.GET.get("sort", "")
    number = asked.number(request.GET.get("page")) or 1
    found = answer(
        typed,
        request.user,
        sort if sort in SORTS else "",
        max(number, 1),
        is_typing="part" in request.headers and not typed.endswith(" "),
    )
    return page(
        request,
        "search/search.html",
        place="search",
        answer=found,
        sorts=SORTS,
        here=lambda **more: f"{reverse('search')}?{urlencode({'q': found.question.typed, **more})}",
    )
