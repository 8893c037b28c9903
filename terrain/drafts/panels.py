"""Where drafts show: on one's own page, and in the forms in which one writes."""

from markupsafe import Markup

from terrain.drafts import keeping as keeping
from terrain.drafts.models import Draft
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.web.panels import panel
from terrain.web.rendering import fragment


@panel("person-acts", order=40)
def own_drafts(request: PersonRequest, somebody: Person) -> Markup | str:
    """On one's own page, the way to what one has begun."""
    if somebody != request.user:
        return ""
    return fragment("drafts/_own_drafts.html", count=Draft.of(somebody).count())
