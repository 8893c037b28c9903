"""What one chooses of how one is told."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FORMATS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H h %M", "%H h", "%Hh"]
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
    quiet_from = forms.TimeField(input_formats=FORMATS, error_messages=UNREAD)
    quiet_until = forms.TimeField(input_formats=FORMATS, error_messages=UNREAD)
    at_week_ends = forms.BooleanField(required=False)
    on_holidays = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        begin, end = given.get("quiet_from"), given.get("quiet_until")
        if begin and end:
            minutes = ((end.hour - begin.hour) * 60 + end.minute - begin.minute) % 1440
            if minutes > 22 * 60:
                raise_in = gettext("Two hours at least have to ring, or no mail could ever be sent.")
                self.add_error("quiet_until", ValidationError(raise_in, "long"))
        return given
