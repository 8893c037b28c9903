"""Where conversations are found from everywhere, and what they show on the pages of people."""

from django.utils.translation import pgettext_lazy
from markupsafe import Markup

from terrain.conversations.cards import cards
from terrain.conversations.feed import opened_by
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.web import shell
from terrain.web.panels import panel
from terrain.web.rendering import fragment

shell.add(shell.Place("feed", pgettext_lazy("place", "Feed"), "rss", "feed", order=10))


@panel("profile", order=50)
def opened(request: PersonRequest, person: Person) -> Markup | str:
    """What this person opened lately, as far as the reader may read it."""
    found = opened_by(person.pk, request.user)
    if not found.listed:
        return ""
    drawn = cards(found.listed[:6], request.user, request.organisation.epoch)
    return fragment("conversations/_opened_by.html", cards=drawn.shown, person=person)
