"""The pages of who is here: the directory, a unit, a profile, one's own settings."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terrain.people import charting, directory
from terrain.people.about import FIELDS, Audience, about, tell_about, topics_of
from terrain.people.forms import AboutForm, LanguageForm, SettingsForm
from terrain.people.models import Person, Unit
from terrain.people.request import PersonRequest
from terrain.web import asked
from terrain.web.language import remember
from terrain.web.moments import hour_at, zones
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


@require_GET
def chart(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    """The chart from its top, or from a unit: a branch of it, which an open chart asks for alone."""
    unit = None if pk is None else get_object_or_404(Unit, pk=pk)
    return page(request, "people/chart.html", place="people", chart=charting.chart(unit))


def _directory(request: PersonRequest, unit: Unit | None) -> HttpResponse:
    words = asked.words(request)
    number = asked.number(request.GET.get("page")) or 1
    shown, more = directory.found(words, unit, number, request.user)
    return page(
        request,
        "people/directory.html",
        place="people",
        words=words,
        unit=unit,
        path=directory.path_of(unit),
        head=charting.head_of(unit) if unit else None,
        people=shown,
        next_page=number + 1 if more else None,
        branches=directory.branches(),
        top=drawn("people-top", request),
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
    told = about(somebody, request.user)
    return page(
        request,
        "people/profile.html",
        place="people" if somebody != request.user else "me",
        somebody=somebody,
        path=directory.path_of(somebody.unit),
        told=told,
        topics=topics_of(told["topics"].value) if "topics" in told else [],
        hour=hour_at(told["zone"].value) if "zone" in told else "",
        fields=FIELDS,
        reports=list(Person.objects.present().filter(manager=somebody).in_alphabetical_order()),
        portrait=drawn("face", request, somebody),
        acts=drawn("person-acts", request, somebody),
        panels=drawn("profile", request, somebody),
    )


@require_http_methods(["GET", "POST"])
def own_profile(request: PersonRequest) -> HttpResponse:
    """What one tells of oneself, and to whom."""
    person = Person.objects.select_related("unit", "manager").get(pk=request.user.pk)
    form = AboutForm(request.POST if request.method == "POST" else None, about(person, person))
    if request.method == "POST" and form.is_valid():
        told = form.told()
        tell_about(person, told)
        if told["zone"][0]:
            Person.objects.filter(pk=person.pk).update(zone=told["zone"][0])
        return redirect("me")
    return page(
        request,
        "people/own_profile.html",
        status=422 if form.errors else 200,
        place="me",
        form=form,
        somebody=person,
        audiences=Audience.choices,
        zones=zones(),
        panels=drawn("own-profile", request, person),
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
