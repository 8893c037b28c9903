"""Where one asks who knows, and where one chooses whether to be found."""

from markupsafe import Markup

from terrain.knowing.models import OptOut
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.web.panels import panel
from terrain.web.rendering import fragment, fragment_once


@panel("people-top", order=10)
def ask(_request: PersonRequest, _thing: object) -> Markup:
    return fragment_once("knowing/_ask.html")


@panel("settings", order=60)
def being_found(_request: PersonRequest, person: Person) -> Markup:
    return fragment("knowing/_being_found.html", is_out=OptOut.objects.filter(person=person).exists())
