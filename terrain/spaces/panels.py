"""Where spaces are found from everywhere: their place, one's own beside every page, a person's on their profile."""

from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.spaces.rail import OWN, rail
from terrain.web import shell
from terrain.web.panels import panel
from terrain.web.rendering import fragment, fragment_once

shell.add(shell.Place("spaces", pgettext_lazy("place", "Spaces"), "layers", "spaces", order=20))


@panel("rail", order=20)
def my_spaces(request: PersonRequest, _thing: object) -> Markup:
    own = rail(request.user, request.organisation.epoch).own
    return fragment_once(
        "spaces/_rail.html",
        spaces=own[:OWN],
        more=len(own) - OWN,
        all_ids=" ".join(str(space.id) for space in own),
    )


@panel("feed-aside", order=80)
def spaces_to_find(request: PersonRequest, _thing: object) -> Markup | str:
    to_find = rail(request.user, request.organisation.epoch).to_find
    return fragment_once("spaces/_to_find.html", spaces=to_find) if to_find else ""


@panel("profile", order=20)
def spaces_of(request: PersonRequest, person: Person) -> Markup | str:
    """The spaces of a person that the reader may read: who belongs to a closed one is its members' business."""
    spaces = Space.readable_by(request.user).of(person).order_by("-last_activity_at", "id")[:12]
    return fragment("spaces/_of_person.html", spaces=list(spaces)) if spaces else ""
