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
from terrain.web import clocks, markup
from terrain.web.moments import zone


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
        return clocks.read(written, self.zone) if written else None
