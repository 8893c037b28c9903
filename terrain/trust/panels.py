"""Where the public log is found: from one's own page, from a space, whose acts it shows, and from reports."""

from markupsafe import Markup

from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.web.panels import panel
from terrain.web.rendering import fragment


@panel("person-acts", order=80)
def way_to_the_log(request: PersonRequest, somebody: Person) -> Markup | str:
    return fragment("trust/_log.html", space=None) if somebody == request.user else ""


@panel("space-aside", order=45)
def acts_on_a_space(_request: PersonRequest, space: Space) -> Markup | str:
    return fragment("trust/_log.html", space=space) if space.is_readable else ""


@panel("reports-aside", order=10)
def acts_after_reports(_request: PersonRequest, _thing: object) -> Markup:
    return fragment("trust/_from_reports.html")
