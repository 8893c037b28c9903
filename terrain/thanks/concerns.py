"""What is said to whoever is thanked."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from terrain.people.concerning import Words, said_by
from terrain.people.models import Person
from terrain.thanks.reading import received_of
from terrain.web.rendering import url


@said_by("thanks", pgettext_lazy("those one received", "Thanks"))
def thanked(person: Person, things: Collection[int]) -> Mapping[int, Words]:
    """Who thanks them, with what words; for a message that they may read, it leads there."""
    return {
        each.id: Words(
            _("%(who)s thanks you") % {"who": each.giver or _("A former colleague")},
            each.words,
            url("message", each.message_id) if each.title else url("person", person.pk),
            each.giver,
        )
        for each in received_of(person, things)
    }
