"""What is said to whoever reported a message, once somebody has answered."""

from collections.abc import Collection, Mapping

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from terrain.people.concerning import Words, said_by
from terrain.people.models import Person
from terrain.reports.report import Report
from terrain.web.rendering import url


@said_by("report", gettext_lazy("Your reports"))
def answered(person: Person, things: Collection[int]) -> Mapping[int, Words]:
    """That there is an answer, with its first words; whose message it is about is on its page alone."""
    own = Report.objects.filter(pk__in=things, person=person, answered_at__isnull=False)
    return {
        each.pk: Words(
            _("Your report is answered"), Truncator(each.answer).chars(160), url("report", each.pk)
        )
        for each in own
    }
