"""Where catching up shows: a line on top of the feed."""

from markupsafe import Markup

from terrain.people.request import PersonRequest
from terrain.web.panels import panel
from terrain.web.rendering import fragment_once


@panel("feed-top", order=90)
def way_to_catch_up(_request: PersonRequest, _thing: object) -> Markup:
    return fragment_once("catchup/_way.html")
