"""What one chooses for oneself."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terrain.people.about import (
    FIELDS,
    LONGEST_TOPIC,
    MOST_TOPICS,
    TOPICS,
    About,
    Audience,
    Field,
    topics_of,
)
from terrain.web.fields import Paragraphs
from terrain.web.moments import ZONES

TOO_LONG = {"max_length": _("This has %(limit_value)s characters at most.")}


class SettingsForm(forms.Form):
    language = forms.ChoiceField(choices=[("", ""), *settings.LANGUAGES], required=False)
    theme = forms.ChoiceField(
        choices=[("", _("as the screen")), ("light", _("light")), ("dark", _("dark"))], required=False
    )


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class AboutForm(forms.Form):
    """What one tells of oneself: for each field its words, and its audience in `FIELD_audience`."""

    def __init__(self, sent: Any, told: dict[str, About]) -> None:
        super().__init__(sent)
        for field in FIELDS:
            had = told.get(field.name)
            self.fields[field.name] = Paragraphs(
                required=False,
                max_length=field.longest,
                initial=had.value if had else "",
                error_messages=TOO_LONG,
            )
            self.fields[f"{field.name}_audience"] = forms.ChoiceField(
                choices=Audience.choices, required=False, initial=had.audience if had else field.audience
            )

    def clean_topics(self) -> str:
        topics = topics_of(str(self.cleaned_data[TOPICS]))
        if len(topics) > MOST_TOPICS:
            raise ValidationError(
                gettext("Twelve topics at most: keep those that you like to be asked about."), "many"
            )
        if any(len(each) > LONGEST_TOPIC for each in topics):
            raise ValidationError(
                gettext("A topic is a word or two, %(n)s characters at most.") % {"n": LONGEST_TOPIC}, "long"
            )
        return ", ".join(topics)

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"])
        if zone and zone not in ZONES:
            raise ValidationError(gettext("Choose a place from the list."), "zone")
        return zone

    def told(self) -> dict[str, tuple[str, str]]:
        """What a valid form tells: each value with its audience, by the field's name."""
        given = self.cleaned_data
        return {
            field.name: (
                given[field.name].strip(),
                given[f"{field.name}_audience"] or field.audience,
            )
            for field in FIELDS
        }

    def rows(self) -> Iterator[tuple[Field, Any, Any]]:
        """Each field, as it is told, with what was typed and to whom."""
        for field in FIELDS:
            yield field, self[field.name].value(), self[f"{field.name}_audience"].value() or field.audience
