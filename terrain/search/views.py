"""The page of search: one box, and what it finds."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from terrain.conversations.kinds import kinds
from terrain.people.request import PersonRequest
from terrain.search import missing as in_vain
from terrain.search.answering import answer
from terrain.search.narrowing import CONVERSATIONS, FILES, MESSAGES, PEOPLE, SPACES
from terrain.search.saved import SavedSearch
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
        is_kept=bool(found.question.typed)
        and SavedSearch.objects.filter(person=request.user, words=found.question.typed).exists(),
        compose=kinds()[0].compose,
        here=lambda **more: f"{reverse('search')}?{urlencode({'q': found.question.typed, **more})}",
    )


@require_http_methods(["GET", "POST"])
def missing(request: PersonRequest) -> HttpResponse:
    """What is searched in vain by five people or more; an open page tells that somebody just did."""
    if request.method == "POST":
        found = answer(request.POST.get("q", ""), request.user)
        if found.is_in_vain:
            in_vain.miss(found.question, request.user)
        return HttpResponse(status=204)
    return page(
        request, "search/missing.html", place="search", wanted=in_vain.wanted(), compose=kinds()[0].compose
    )
