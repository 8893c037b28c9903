"""What is asked of who reports, decides, or asks that somebody looks again."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from terrain.reports.reasons import Reason
from terrain.reports.report import LONGEST
from terrain.web import markup
from terrain.web.fields import Paragraphs

SHORTEST, LONGEST_WORDS = 20, 2000


class SentenceForm(forms.Form):
    """A sentence more, from who reported; it may be left out."""

    sentence = Paragraphs(required=False)

    def clean_sentence(self) -> str:
        sentence = str(self.cleaned_data["sentence"])
        if len(sentence) > LONGEST:
            raise ValidationError(_("In %(n)s characters at most.") % {"n": LONGEST}, "long")
        return "" if markup.is_empty(sentence) else sentence


class WordsForm(forms.Form):
    """Words that somebody else is told: twenty characters at least."""

    words = Paragraphs(required=False)

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if len(words) < SHORTEST or markup.is_empty(words):
            raise ValidationError(
                _("Say it in %(n)s characters at least: they are for a person.") % {"n": SHORTEST}, "short"
            )
        if len(words) > LONGEST_WORDS:
            raise ValidationError(_("In %(n)s characters at most.") % {"n": LONGEST_WORDS}, "long")
        return words


class AsideForm(WordsForm):
    """Setting aside: one of the six reasons, and why, for who wrote it."""

    reason = forms.TypedChoiceField(
        choices=Reason.choices,
        coerce=Reason,
        error_messages={
            "required": gettext_lazy("Choose one of the six reasons."),
            "invalid_choice": gettext_lazy("Choose one of the six reasons."),
        },
    )
