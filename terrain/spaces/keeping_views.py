"""The pages where a space's members keep it: its words, its house rules, its menu, and the history of all three."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from terrain.people.request import PersonRequest
from terrain.spaces import menu as menus
from terrain.spaces.archiving import archive, wake
from terrain.spaces.changes import KEPT, Part
from terrain.spaces.forms import LinkForm, RulesForm, WordsForm, links_of, rows_of
from terrain.spaces.keeping import ChangedMeanwhile, change, last_change, put_back
from terrain.spaces.merging import edit_menu
from terrain.spaces.models import Change, Space
from terrain.spaces.ruling import MOST_WORDS
from terrain.web import asked
from terrain.web.rendering import page

EMPTY = 3
"""Empty lines at the end of a menu that is edited."""


@require_http_methods(["GET", "POST"])
def words(request: PersonRequest, pk: int) -> HttpResponse:
    """A member says otherwise what the space is called, and what it is for."""
    space = get_object_or_404(Space.of(request.user), pk=pk)
    parts = [Part.NAME, Part.ABOUT]
    form = WordsForm(request.POST or None, initial={"name": space.name, "about": space.about})
    if request.method == "POST" and form.is_valid() and _kept(request, space, form, parts):
        return redirect("space", pk)
    return _editing(request, "spaces/words.html", space, form, parts)


@require_http_methods(["GET", "POST"])
def rules(request: PersonRequest, pk: int) -> HttpResponse:
    """The house rules, as whoever reads the space reads them; a member writes them."""
    space = get_object_or_404(Space.readable_by(request.user).seen_by(request.user), pk=pk)
    form = RulesForm(request.POST or None, initial={"rules": space.rules})
    if request.method == "POST":
        if not space.belongs:
            raise Http404
        if form.is_valid() and _kept(request, space, form, [Part.RULES]):
            return redirect("space", pk)
    return _editing(request, "spaces/rules.html", space, form, [Part.RULES], most=MOST_WORDS)


def _kept(request: PersonRequest, space: Space, form: WordsForm | RulesForm, parts: list[Part]) -> bool:
    """Whether what the form holds is kept now; else the form says that somebody was quicker."""
    seen = asked.number(request.POST.get("seen")) or 0
    try:
        change(space, request.user, {part: form.cleaned_data[part] for part in parts}, seen)
    except ChangedMeanwhile:
        said = _(
            "Somebody has changed this while you were writing. Below is what it says now; your words are still here."
        )
        form.add_error(None, said)
        space.refresh_from_db()
        return False
    return True


def _editing(
    request: PersonRequest,
    name: str,
    space: Space,
    form: WordsForm | RulesForm,
    parts: list[Part],
    **context: object,
) -> HttpResponse:
    status = 422 if form.errors else 200
    seen = last_change(space, parts)
    return page(request, name, status=status, place="spaces", space=space, form=form, seen=seen, **context)


@require_http_methods(["GET", "POST"])
def menu(request: PersonRequest, pk: int) -> HttpResponse:
    """A member edits the menu; what somebody else changed meanwhile stays in it."""
    space = get_object_or_404(Space.of(request.user), pk=pk)
    seen = asked.number(request.POST.get("seen"))
    rows, refused = rows_of(request.POST), ""
    if request.method == "POST" and all(row.is_valid() for row in rows):
        links = links_of(rows)
        if len(links) <= menus.MOST:
            together = edit_menu(space, request.user, links, seen or 0)
            return redirect("space", pk) if not together.disputed else redirect(f"{request.path}?both=1")
        refused = _("A menu has twenty links at most: who looks for something reads them all.")
    if request.method == "GET":
        rows = [LinkForm(initial=link._asdict()) for link in menus.links(space.menu)]
    return page(
        request,
        "spaces/menu.html",
        status=200 if request.method == "GET" else 422,
        place="spaces",
        space=space,
        rows=[*rows, *(LinkForm() for _ in range(EMPTY))],
        refused=refused,
        both="both" in request.GET,
        seen=last_change(space, [Part.MENU]) if seen is None else seen,
    )


@require_http_methods(["POST", "DELETE"])
def archiving(request: PersonRequest, pk: int) -> HttpResponse:
    """A member archives the space, or wakes it."""
    space = get_object_or_404(Space.of(request.user), pk=pk)
    if request.method == "POST":
        archive(space, request.user)
    else:
        wake(space, request.user)
    return redirect("space", pk)


@require_http_methods(["GET", "POST"])
def history(request: PersonRequest, pk: int) -> HttpResponse:
    """What was changed of a space, by whom and when; a member puts back what was there before, in one press."""
    space = get_object_or_404(Space.readable_by(request.user).seen_by(request.user), pk=pk)
    changes = Change.objects.filter(space=space).select_related("person", "space")
    if request.method == "POST":
        undone = changes.filter(part__in=KEPT, pk=asked.number(request.POST.get("change")) or 0).first()
        if not space.belongs or undone is None:
            raise Http404
        put_back(undone, request.user)
        return redirect("space_history", pk)
    return page(
        request,
        "spaces/history.html",
        place="spaces",
        space=space,
        changes=list(changes[:100]),
        links=menus.links,
        kept=KEPT,
    )
