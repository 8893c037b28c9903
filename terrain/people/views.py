"""The pages of who is here: the directory, a unit, a profile, one's own settings."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terrain.people import directory
from terrain.people.forms import LanguageForm, SettingsForm
from terrain.people.models import Person, Unit
from terrain.people.request import PersonRequest
from terrain.web import asked
from terrain.web.language import remember
from terrain.web.panels import drawn
from terrain.web.rendering import page


@require_GET
def people(request: PersonRequest) -> HttpResponse:
    """The directory: everybody, by name or by unit."""
    return _directory(request, None)


@require_GET
def unit(request: PersonRequest, pk: int) -> HttpResponse:
    """A unit: who belongs to it, and the units around."""
    return _directory(request, get_object_or_404(Unit.objects.select_related("parent"), pk=pk))


def _directory(request: PersonRequest, unit: Unit | None) -> HttpResponse:
    words = asked.words(request)
    number = asked.number(request.GET.get("page")) or 1
    shown, more = directory.found(words, unit, number)
    return page(
        request,
        "people/directory.html",
        place="people",
        words=words,
        unit=unit,
        path=directory.path_of(unit),
        people=shown,
        next_page=number + 1 if more else None,
        branches=directory.branches(),
    )


@require_GET
def profile(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody: what they do, where, with whom; and what upper folders know of them."""
    return _profile(
        request, get_object_or_404(Person.objects.select_related("unit__parent", "manager"), pk=pk)
    )


@require_GET
def me(request: PersonRequest) -> HttpResponse:
    """Oneself, as the others see one."""
    return _profile(request, Person.objects.select_related("unit__parent", "manager").get(pk=request.user.pk))


def _profile(request: PersonRequest, somebody: Person) -> HttpResponse:
    return page(
        request,
        "people/profile.html",
        place="people" if somebody != request.user else "me",
        somebody=somebody,
        path=directory.path_of(somebody.unit),
        reports=list(Person.objects.present().filter(manager=somebody).in_alphabetical_order()),
        panels=drawn("profile", request, somebody),
    )


@require_http_methods(["GET", "POST"])
def settings(request: PersonRequest) -> HttpResponse:
    """One's own language and theme."""
    person = request.user
    form = SettingsForm(request.POST or None, initial={"language": person.language, "theme": person.theme})
    if request.method == "POST" and form.is_valid():
        person.language, person.theme = form.cleaned_data["language"], form.cleaned_data["theme"]
        person.save(update_fields=["language", "theme"])
        return remember(redirect("settings"), person.language)
    return page(
        request,
        "people/settings.html",
        status=422 if form.errors else 200,
        place="me",
        form=form,
        panels=drawn("settings", request, person),
    )


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of this browser, at the door."""
    form = LanguageForm(request.POST)
    onward = request.POST.get("next", "/")
    response = redirect(onward if url_has_allowed_host_and_scheme(onward, {request.get_host()}) else "/")
    if form.is_valid():
        remember(response, form.cleaned_data["language"])
    return response
