"""Where search is found: on top of what is beside every page, and in a phone's bar."""

from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from terrain.people.request import PersonRequest
from terrain.web import shell
from terrain.web.panels import panel
from terrain.web.rendering import fragment_once

shell.add(shell.Place("search", pgettext_lazy("place", "Search"), "search", "search", 50, in_nav=False))


@panel("rail-top", order=10)
def box(_request: PersonRequest, _thing: object) -> Markup:
    return fragment_once("search/_box.html")
