"""What one chooses of how one is told."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terrain.notifications.hours import Often

FORMATS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%H h", "%Hh"]
DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
A_YEAR = timedelta(days=366)
NO_DAY = {"invalid": _("Write a day, such as 2026-12-24.")}
UNREAD = {"required": _("Write an hour, such as 19:00."), "invalid": _("Write an hour, such as 19:00.")}


class AttentionForm(forms.Form):
    by_mail = forms.BooleanField(required=False)
    bundle = forms.TypedChoiceField(
        coerce=int,
        choices=[
            (15, _("a quarter of an hour")),
            (60, _("an hour")),
            (240, _("four hours")),
            (1440, _("a day")),
        ],
        error_messages={"invalid_choice": _("Choose one of the four.")},
    )
    digest = forms.ChoiceField(
        choices=[
            (Often.NEVER, _("never")),
            (Often.DAILY, _("every morning")),
            (Often.WEEKLY, _("on Mondays")),
        ],
        error_messages={
            "invalid_choice": _("Choose one of the three."),
            "required": _("Choose one of the three."),
        },
    )
    quiet_from = forms.TimeField(input_formats=FORMATS, error_messages=UNREAD)
    quiet_until = forms.TimeField(input_formats=FORMATS, error_messages=UNREAD)
    at_week_ends = forms.BooleanField(required=False)
    on_holidays = forms.BooleanField(required=False)
    away_from = forms.DateField(required=False, input_formats=DAYS, error_messages=NO_DAY)
    away_until = forms.DateField(required=False, input_formats=DAYS, error_messages=NO_DAY)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        begin, end = given.get("quiet_from"), given.get("quiet_until")
        if begin and end:
            minutes = ((end.hour - begin.hour) * 60 + end.minute - begin.minute) % 1440
            if minutes > 22 * 60:
                raise_in = gettext("Two hours at least have to ring, or no mail could ever be sent.")
                self.add_error("quiet_until", ValidationError(raise_in, "long"))
        self._clean_leave(given.get("away_from"), given.get("away_until"))
        return given

    def _clean_leave(self, begin: date | None, end: date | None) -> None:
        """Both of its days or none, in their order, and a year of it at most."""
        if begin is None and end is None:
            return
        if begin is None or end is None:
            if not {"away_from", "away_until"} & self.errors.keys():
                both = gettext("Say the first and the last day of your leave, or neither.")
                self.add_error("away_until", ValidationError(both, "both"))
        elif end < begin:
            self.add_error("away_until", ValidationError(gettext("It ends before it begins."), "order"))
        elif end - begin > A_YEAR:
            self.add_error("away_until", ValidationError(gettext("A year at most."), "long"))
