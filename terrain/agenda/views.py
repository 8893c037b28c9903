"""The pages of what is to come: one's agenda, an event with who comes, and their calendar files."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from terrain.agenda.calendar import LASTING, calendar
from terrain.agenda.event import Answer, agenda_of, answer, answers, new_key, take_back
from terrain.agenda.models import CalendarKey, Event
from terrain.agenda.panels import drawn
from terrain.conversations.views import address, back
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.web.rendering import page


@require_http_methods(["GET", "POST"])
def agenda(request: PersonRequest) -> HttpResponse:
    """What is to come in one's spaces; POST makes the address for one's calendar program, or another one."""
    if request.method == "POST":
        CalendarKey.objects.update_or_create(person=request.user, defaults={"key": new_key()})
        return redirect("agenda")
    events = agenda_of(request.user)
    given = answers([each.pk for each in events])
    key = CalendarKey.objects.filter(person=request.user).values_list("key", flat=True).first()
    return page(
        request,
        "agenda/agenda.html",
        place="agenda",
        events=[(each, drawn(each, given[each.pk], request.user)) for each in events],
        calendar=f"{_site(request)}/agenda/{key}.ics" if key else "",
    )


@require_GET
def event(request: PersonRequest, pk: int) -> HttpResponse:
    """An event, with who comes."""
    here = _found(request, pk)
    given = answers([pk])[pk]
    return page(
        request,
        "agenda/event.html",
        event=here,
        drawn=drawn(here, given, request.user),
        answered=[(each, [one.person for one in given if one.answer == each]) for each in Answer],
        to=address(here.message),
    )


@require_http_methods(["POST", "DELETE"])
def attendance(request: PersonRequest, pk: int) -> HttpResponse:
    """Say whether one comes, or nothing any more."""
    here = _found(request, pk)
    if request.method == "DELETE":
        take_back(here, request.user)
    elif request.POST.get("answer") in Answer.values:
        answer(here, request.user, Answer(request.POST["answer"]))
    else:
        return HttpResponse(status=422)
    return back(request, address(here.message))


@require_GET
def event_file(request: PersonRequest, pk: int) -> HttpResponse:
    """An event as a calendar file."""
    here = _found(request, pk)
    return _file([here], here.conversation.title, request, f"event-{pk}.ics")


@login_not_required
@require_GET
def agenda_file(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody's agenda, asked by their calendar program, which knows its secret address and nothing else."""
    found = (
        CalendarKey.objects.filter(key=key, person__in=Person.objects.present())
        .select_related("person")
        .first()
    )
    if found is None:
        raise Http404
    return _file(agenda_of(found.person), _("Terrain: what is to come"), request, "agenda.ics")


def _found(request: PersonRequest, pk: int) -> Event:
    return get_object_or_404(
        Event.visible_to(request.user).select_related("message", "conversation__space"), pk=pk
    )


def _file(events: list[Event], name: str, request: HttpRequest, called: str) -> HttpResponse:
    response = HttpResponse(calendar(events, name, _site(request)), content_type=LASTING)
    response["Content-Disposition"] = f'attachment; filename="{called}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
