"""What is asked of who sums a conversation up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from terrain.hosting.summing_up import LONGEST


class SummaryForm(forms.Form):
    body = forms.CharField(
        max_length=LONGEST,
        error_messages={
            "required": _("Say in a few lines what was said."),
            "max_length": _("A summary has %(limit_value)s characters at most: the rest is in the messages."),
        },
    )
