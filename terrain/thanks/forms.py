"""What is asked of who thanks somebody, and of who shows their contributions."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from terrain.thanks.thanking import LONGEST, SHORTEST
from terrain.web import markup
from terrain.web.fields import Paragraphs


class ThanksForm(forms.Form):
    """A reason, in 10 characters at least, and whether others see it."""

    words = Paragraphs(required=False)
    private = forms.BooleanField(required=False)
    key = forms.UUIDField(required=False)

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if len(words) < SHORTEST or markup.is_empty(words):
            raise ValidationError(
                _("Say what for, in %(n)s characters at least: a reason is what makes it worth reading.")
                % {"n": SHORTEST},
                "short",
            )
        if len(words) > LONGEST:
            raise ValidationError(_("Thanks have %(n)s characters at most.") % {"n": LONGEST}, "long")
        return words

    def written_key(self) -> str:
        """The key of this form, as it was sent, or a new one."""
        return str(self["key"].value() or uuid.uuid4())


class DaysForm(forms.Form):
    """The days that one shows, both included."""

    since = forms.DateField(
        error_messages={
            "required": gettext_lazy("From which day?"),
            "invalid": gettext_lazy("From which day?"),
        }
    )
    until = forms.DateField(
        error_messages={
            "required": gettext_lazy("Until which day?"),
            "invalid": gettext_lazy("Until which day?"),
        }
    )

    def clean(self) -> dict[str, Any]:
        days = super().clean() or self.cleaned_data
        if "since" in days and "until" in days and days["until"] < days["since"]:
            raise ValidationError(_("The last day comes before the first."), "backwards")
        return days
