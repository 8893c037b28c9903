"""The pages of where people talk: the spaces there are, opening one, joining and leaving."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.spaces import joining
from terrain.spaces.forms import LetInForm, SpaceForm
from terrain.spaces.models import JoinRequest, Openness, Space
from terrain.spaces.opening import TooManySpaces, open_space, similar
from terrain.web import asked
from terrain.web.rendering import page, render_bare


@require_GET
def spaces(request: PersonRequest) -> HttpResponse:
    """Every space that one may know of, the lively first, the archived apart."""
    words = asked.words(request)
    visible = Space.visible_to(request.user).select_related("archiving").named_like(words)
    found = list(visible.order_by("-last_activity_at", "id")[:400])
    return page(
        request,
        "spaces/spaces.html",
        place="spaces",
        words=words,
        living=[space for space in found if not space.is_archived],
        archived=[space for space in found if space.is_archived],
        own=set(Space.of(request.user).values_list("pk", flat=True)),
    )


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Open a space; spaces of a similar name are shown first, with the choice to join them rather."""
    form = SpaceForm(request.POST or None, initial={"openness": Openness.OPEN})
    alike: list[Space] = []
    if request.method == "POST" and form.is_valid():
        alike = similar(form.cleaned_data["name"], request.user)
        if not alike or "anyway" in request.POST:
            try:
                space = open_space(**form.cleaned_data, person=request.user)
            except TooManySpaces:
                form.add_error(
                    None, _("You have opened five spaces in seven days: let these find their people first.")
                )
            else:
                return redirect("space", space.pk)
    return page(
        request,
        "spaces/new.html",
        status=422 if form.errors or alike else 200,
        place="spaces",
        form=form,
        alike=alike,
        opennesses=Openness,
    )


@require_GET
def names(request: PersonRequest) -> HttpResponse:
    """The spaces of a similar name, as one is being typed."""
    name = asked.words(request, "name", most=60)
    return render_bare(
        request, "spaces/_alike.html", alike=similar(name, request.user) if len(name) > 2 else []
    )


@require_http_methods(["POST", "DELETE"])
def membership(request: PersonRequest, pk: int) -> HttpResponse:
    """Join a space (or ask to, where it is closed), or leave it."""
    space = get_object_or_404(Space.visible_to(request.user), pk=pk)
    verb = joining.join if request.method == "POST" else joining.leave
    verb(space, request.user)
    if request.method == "DELETE" and space.openness == Openness.SECRET:
        return redirect("spaces")
    return redirect("space", pk)


@require_GET
def members(request: PersonRequest, pk: int) -> HttpResponse:
    """Who belongs to a space, and, for its members, who asks to."""
    space = get_object_or_404(Space.readable_by(request.user), pk=pk)
    belongs = joining.is_member(space, request.user)
    words = asked.words(request)
    candidates = (
        Person.objects.present().exclude(memberships__space=space).named_like(words)[:8] if words else []
    )
    return page(
        request,
        "spaces/members.html",
        place="spaces",
        space=space,
        belongs=belongs,
        words=words,
        candidates=candidates if belongs else [],
        members=list(space.memberships.select_related("person__unit")[:300]),
        asking=list(JoinRequest.objects.filter(space=space).select_related("person")) if belongs else [],
    )


@require_POST
def let_in(request: PersonRequest, pk: int) -> HttpResponse:
    """A member lets somebody in."""
    space = get_object_or_404(Space.of(request.user), pk=pk)
    form = LetInForm(request.POST)
    if not form.is_valid():
        raise Http404
    joining.let_in(space, form.cleaned_data["person"])
    return redirect("members", pk)
