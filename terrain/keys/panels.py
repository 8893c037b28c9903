"""Where keys are listed: behind a key of their own on every page, and in one's settings, where they are chosen."""

from markupsafe import Markup

from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.web.panels import panel
from terrain.web.rendering import fragment_once


@panel("rail-top", order=90)
def listed(_request: PersonRequest, _thing: object) -> Markup:
    return fragment_once("keys/_list.html")


@panel("settings", order=70)
def chosen(_request: PersonRequest, _person: Person) -> Markup:
    return fragment_once("keys/_choose.html")
