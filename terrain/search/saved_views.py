"""The searches that one keeps: their list, keeping and dropping one, and what is new in it for a program."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.search import saved as saving
from terrain.search.question import read
from terrain.search.saved import SavedSearch
from terrain.web import secret_addresses
from terrain.web.rendering import page

SALT = "search.saved"
SHOWN = 5
LONGEST = 400
"""Characters of a message in the feed."""


@require_http_methods(["GET", "POST", "DELETE"])
def saved(request: PersonRequest) -> HttpResponse:
    """The searches that one keeps, each with what is new; keep one more, or no longer."""
    words = read((request.POST or request.GET).get("q", "")).typed
    if request.method == "POST":
        saving.keep(request.user, words)
        return redirect(f"{reverse('search')}?{urlencode({'q': words})}" if words else "saved_searches")
    if request.method == "DELETE":
        saving.drop(request.user, words)
        return redirect("saved_searches")
    own = SavedSearch.objects.filter(person=request.user).select_related("person").order_by("words")
    return page(
        request,
        "search/saved.html",
        place="search",
        searches=sorted(
            ((each, saving.new_since(each), _key(each)) for each in own), key=lambda one: not one[1]
        ),
        shown=SHOWN,
    )


@require_POST
def looked(request: PersonRequest) -> HttpResponse:
    """One has looked at what is new in a search."""
    saving.look(get_object_or_404(SavedSearch, person=request.user, words=request.POST.get("q", "")))
    return redirect("saved_searches")


@login_not_required
@require_GET
def atom(request: HttpRequest, key: str) -> HttpResponse:
    """The latest of a search, for a program that knows its secret address and nothing else."""
    own = SavedSearch.objects.select_related("person").filter(person__in=Person.objects.present())
    found = get_object_or_404(own, pk=secret_addresses.read(key, SALT))
    site = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    with translation.override(found.person.language or translation.get_language()):
        title = _("Search: %(words)s") % {"words": found.words}
        here = f"{site}{reverse('search')}?{urlencode({'q': found.words})}"
        feed = Atom1Feed(title, here, "", feed_url=site + request.path)
        for each in saving.all_of(found):
            feed.add_item(
                each.title,
                site + each.address,
                each.text[:LONGEST],
                unique_id=site + each.address,
                updateddate=each.at or timezone.now(),
                author_name=each.who or None,
            )
        return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _key(search: SavedSearch) -> str:
    """The secret part of the address of this search for a program."""
    return secret_addresses.key_of(search.pk, SALT)
