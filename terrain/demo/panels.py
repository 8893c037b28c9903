"""What the demo adds to the door: a choice of persons to be."""

from django.conf import settings
from django.http import HttpRequest
from markupsafe import Markup

from terrain.demo.persons import persons_to_be
from terrain.web.panels import panel
from terrain.web.rendering import csrf_field, fragment


@panel("door")
def choose_whom_to_be(request: HttpRequest, _thing: object) -> Markup | str:
    persons = persons_to_be() if settings.DEMO else []
    return (
        fragment(
            "demo/_persons.html",
            persons=persons,
            csrf=csrf_field(request),
            onward=request.GET.get("next", ""),
        )
        if persons
        else ""
    )
