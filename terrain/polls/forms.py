"""What is asked of who asks others."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from terrain.polls.poll import FEWEST, LONGEST, MOST
from terrain.web import markup

DAYS = (1, 3, 7, 14, 30)


class PollForm(forms.Form):
    """A question, two to eight choices, and until when; the fields are named `poll_…`, beside those of the message."""

    poll_question = forms.CharField(required=False)
    poll_several = forms.BooleanField(required=False)
    poll_secret = forms.BooleanField(required=False)
    poll_days = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, choices=[(days, days) for days in DAYS]
    )
    choices: list[str]

    def __init__(self, sent: QueryDict) -> None:
        super().__init__(sent)
        self.choices = [each.strip() for each in sent.getlist("poll_choice")]

    def clean_poll_question(self) -> str:
        return _short(str(self.cleaned_data["poll_question"]).strip())

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["poll_choices"] = self._clean_choices()
        if self.cleaned_data.get("poll_secret") and self.cleaned_data.get("poll_several"):
            raise ValidationError(_("A secret poll takes one answer of each person."), "secret")
        return self.cleaned_data

    def _clean_choices(self) -> list[str]:
        choices = [_short(each) for each in self.choices if each]
        if len(choices) < FEWEST:
            raise ValidationError(_("A poll needs two choices at least."), "few")
        if len(choices) > MOST:
            raise ValidationError(_("A poll has %(n)s choices at most.") % {"n": MOST}, "many")
        if len({each.casefold() for each in choices}) < len(choices):
            raise ValidationError(_("Two choices say the same."), "same")
        return choices

    def closes_at(self, now: datetime | None = None) -> datetime | None:
        """When it closes; None for one that stays open."""
        days = self.cleaned_data["poll_days"]
        return (now or timezone.now()) + timedelta(days=days) if days else None


def _short(words: str) -> str:
    if markup.is_binary(words):
        raise ValidationError(_("This is not text: a file was pasted, it seems."), "binary")
    if len(words) > LONGEST:
        raise ValidationError(
            _("A question and its choices have %(n)s characters each at most.") % {"n": LONGEST}, "long"
        )
    return words
