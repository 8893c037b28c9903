"""Where spaces show: their place, one's own beside every page, a person's on their profile; what members keep."""

from django.db.models import Q
from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from terrain.people.about import Audience, reaches
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.spaces.archiving import asks_what_to_become
from terrain.spaces.menu import links
from terrain.spaces.models import Membership, Openness, Space
from terrain.spaces.rail import OWN, rail
from terrain.spaces.settling import is_settling
from terrain.web import shell
from terrain.web.panels import drawn, panel
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


@panel("space-acts", order=10)
def kept_by_members(request: PersonRequest, space: Space) -> Markup | str:
    """What any member can do with a space."""
    if not space.belongs:
        return ""
    is_opener = space.opened_by_id == request.user.pk
    return fragment(
        "spaces/_acts.html",
        space=space,
        may_archive=is_opener or not is_settling(space),
        may_hand_over=is_opener and space.openness != Openness.SECRET and not hasattr(space, "handover"),
    )


@panel("space-top", order=10)
def menu_of(_request: PersonRequest, space: Space) -> Markup | str:
    """The menu, for whoever reads the space."""
    if not ((space.menu or space.rules) and space.is_readable):
        return ""
    return fragment("spaces/_menu.html", space=space, links=links(space.menu))


@panel("space-top", order=5)
def archived_or_quiet(request: PersonRequest, space: Space) -> Markup | str:
    """That the space is archived; or, where nothing has moved for 120 days, what its members want of it."""
    if space.is_archived:
        return fragment("spaces/_archived.html", space=space, person_zone=request.user.zone)
    if not (space.belongs and asks_what_to_become(space)):
        return ""
    return fragment("spaces/_quiet.html", space=space, others=drawn("quiet-space", request, space))


@panel("space-top", order=4)
def going_to_close(request: PersonRequest, space: Space) -> Markup | str:
    """That the space is going to close, and when."""
    closing = getattr(space, "closing", None)
    if closing is None or not space.is_readable:
        return ""
    return fragment(
        "spaces/_closing.html", space=space, closing=closing, person=request.user, calls_off=space.belongs
    )


@panel("space-aside", order=40)
def house_rules(_request: PersonRequest, space: Space) -> Markup | str:
    """The house rules, for whoever reads the space; and where its words have a history."""
    if not space.is_readable:
        return ""
    unit = space.of_unit.unit if hasattr(space, "of_unit") else None
    return fragment("spaces/_house.html", space=space, handover=getattr(space, "handover", None), unit=unit)


@reaches(Audience.SPACES)
def of_a_space(reader: Person) -> Q:
    """What people tell to those of their spaces reaches who belongs to one of them."""
    own = Membership.objects.filter(person=reader).values("space")
    return Q(person__in=Membership.objects.filter(space__in=own).values("person"))


@panel("profile", order=20)
def spaces_of(request: PersonRequest, person: Person) -> Markup | str:
    """The spaces of a person that the reader may read: who belongs to a closed one is its members' business."""
    spaces = Space.readable_by(request.user).of(person).order_by("-last_activity_at", "id")[:12]
    return fragment("spaces/_of_person.html", spaces=list(spaces)) if spaces else ""
