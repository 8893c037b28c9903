"""Where a portrait shows: in the place of a face on somebody's page; and on one's own, the way to it."""

from markupsafe import Markup

from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.portraits.showing import portrait
from terrain.web.panels import panel
from terrain.web.rendering import fragment


@panel("face")
def shown(request: PersonRequest, somebody: Person) -> Markup | str:
    """The picture that somebody shows to this reader; nothing where there is none."""
    found = portrait(somebody, request.user)
    return fragment("portraits/_face.html", file=found.file) if found else ""


@panel("own-profile", order=10)
def way_to_it(request: PersonRequest, person: Person) -> Markup:
    return fragment("portraits/_way.html", portrait=portrait(person, person))
