"""What is asked of who invites."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from terrain.agenda.event import LONGEST
from terrain.people.models import Person
from terrain.web import markup
from terrain.web.moments import zone

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M"]


class EventForm(forms.Form):
    """When it begins and ends, as the clocks of who writes say it, and where."""

    event_begins = forms.CharField(required=False)
    event_ends = forms.CharField(required=False)
    event_place = forms.CharField(required=False)

    def __init__(self, sent: QueryDict, person: Person) -> None:
        super().__init__(sent)
        self.zone: ZoneInfo = zone(person.zone)

    def clean_event_begins(self) -> datetime:
        begins = self._moment("event_begins")
        if begins is None:
            raise ValidationError(_("When does it begin? A day and an hour."), "required")
        if begins < timezone.now():
            raise ValidationError(_("It would be over already: choose a day to come."), "past")
        return begins

    def clean_event_ends(self) -> datetime | None:
        return self._moment("event_ends")

    def clean_event_place(self) -> str:
        place = str(self.cleaned_data["event_place"]).strip()
        if markup.is_binary(place):
            raise ValidationError(_("This is not text: a file was pasted, it seems."), "binary")
        if len(place) > LONGEST:
            raise ValidationError(_("A place has %(n)s characters at most.") % {"n": LONGEST}, "long")
        return place

    def clean(self) -> dict[str, Any]:
        begins, ends = self.cleaned_data.get("event_begins"), self.cleaned_data.get("event_ends")
        if begins and ends and ends <= begins:
            self.add_error("event_ends", _("It would end before it begins."))
        return self.cleaned_data

    def _moment(self, name: str) -> datetime | None:
        written = str(self.cleaned_data[name]).strip()
        if not written:
            return None
        said = _read(written).replace(tzinfo=self.zone)
        # Where clocks go forward an hour is skipped: it comes back from UTC as another one.
        back = said.astimezone(ZoneInfo("UTC")).astimezone(self.zone)
        if back.replace(tzinfo=None) != said.replace(tzinfo=None):
            raise ValidationError(
                _("That hour does not exist that day: the clocks go forward. Choose one before or after."),
                "skipped",
            )
        return said


def _read(written: str) -> datetime:
    for each in FORMATS:
        try:
            return datetime.strptime(written, each)  # noqa: DTZ007 (what clocks say, which `zone` makes a moment)
        except ValueError:
            continue
    raise ValidationError(_("Write a day and an hour, such as 2027-03-12 14:30."), "unread")
