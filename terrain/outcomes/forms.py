"""What is asked of who says what became of a conversation."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from terrain.outcomes.outcome import LONGEST, SHORTEST
from terrain.web import markup
from terrain.web.fields import Paragraphs


class OutcomeForm(forms.Form):
    """A few sentences, 20 characters at least."""

    words = Paragraphs(required=False)

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if len(words) < SHORTEST or markup.is_empty(words):
            raise ValidationError(
                _("Say it in %(n)s characters at least: what was done, or why it was not.") % {"n": SHORTEST},
                "short",
            )
        if len(words) > LONGEST:
            raise ValidationError(
                _("An outcome has %(n)s characters at most: the rest can be a message.") % {"n": LONGEST},
                "long",
            )
        return words
