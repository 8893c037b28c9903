"""Where writing by mail shows: beside a space, in one's settings, and to stewards where none comes in."""

from django.conf import settings
from django.utils import timezone
from markupsafe import Markup

from terrain.mail import answers, receiving
from terrain.notifications.addresses import renewed_at
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.people.steward import is_steward
from terrain.spaces.models import Space
from terrain.web.panels import panel
from terrain.web.rendering import csrf_field, fragment, fragment_once


@panel("space-aside", order=44)
def way_to_write_by_mail(_request: PersonRequest, space: Space) -> Markup | str:
    if not (settings.MAIL_ADDRESS and space.is_readable) or space.is_archived:
        return ""
    return fragment_once("mail/_way.html", space_id=space.pk)


@panel("settings", order=35)
def own_addresses(request: PersonRequest, person: Person) -> Markup | str:
    """What one can do by mail, and making new addresses."""
    if not settings.MAIL_ADDRESS:
        return ""
    return fragment(
        "mail/_settings.html",
        writes_from=person.email,
        renewed_at=renewed_at(person),
        person_zone=person.zone,
        csrf=csrf_field(request),
    )


@panel("stewards", order=6)
def mails_that_do_not_come_in(request: PersonRequest, _thing: object) -> Markup | str:
    """For stewards, that the mailbox cannot be looked into, or that some mails cannot be taken or answered."""
    if not (settings.MAIL_ADDRESS and is_steward(request.user)):
        return ""
    trouble, refused = receiving.in_trouble(timezone.now()), answers.in_trouble()
    if not (trouble or refused):
        return ""
    return fragment("mail/_trouble.html", trouble=trouble, refused=refused, person_zone=request.user.zone)
