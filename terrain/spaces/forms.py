"""What is asked of who opens a space, or keeps it: a name, a sentence, for whom it is; house rules."""

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from terrain.people.models import Person
from terrain.spaces.handing_over import LONGEST as LONGEST_WHY
from terrain.spaces.menu import LONGEST_ADDRESS, LONGEST_LABEL, Link, is_safe
from terrain.spaces.ruling import LONGEST, short_enough
from terrain.spaces.space import LONGEST_ABOUT, LONGEST_NAME, Openness
from terrain.web.asked import number
from terrain.web.fields import Line, Paragraphs

TOO_LONG = _("%(limit_value)s characters at most: shorter is easier to find.")

TOO_LONG_WHY = _("%(limit_value)s characters at most: a sentence is enough.")


class WordsForm(forms.Form):
    name = Line(
        max_length=LONGEST_NAME,
        error_messages={"required": _("Give the space a name."), "max_length": TOO_LONG},
    )
    about = Line(max_length=LONGEST_ABOUT, required=False, error_messages={"max_length": TOO_LONG})


class SpaceForm(WordsForm):
    openness = forms.ChoiceField(choices=Openness.choices, initial=Openness.OPEN)


class RulesForm(forms.Form):
    rules = Paragraphs(
        max_length=LONGEST,
        required=False,
        validators=[short_enough],
        error_messages={"max_length": _("House rules have %(limit_value)s characters at most. What can go?")},
    )


class HandOverForm(forms.Form):
    why = Line(
        max_length=LONGEST_WHY,
        error_messages={"required": _("Say in a sentence why."), "max_length": TOO_LONG_WHY},
    )


class ClosingForm(HandOverForm):
    """Closing asks the same: why."""


class LinkForm(forms.Form):
    """A line of a menu; one with nothing in it is none."""

    label = Line(
        max_length=LONGEST_LABEL,
        error_messages={"required": _("What is this link called?"), "max_length": TOO_LONG},
    )
    address = Line(
        max_length=LONGEST_ADDRESS,
        error_messages={
            "required": _("Where does this link lead?"),
            "max_length": _("An address has %(limit_value)s characters at most."),
        },
    )
    place = forms.IntegerField(required=False, min_value=0, max_value=999)

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if not is_safe(address):
            raise ValidationError(
                _("An address begins with https:// or http://, or with / for a page of Terrain."), "unsafe"
            )
        return address

    def written(self, name: str) -> str:
        """What the field holds now."""
        return str(self[name].value() or "")


def rows_of(sent: QueryDict) -> list[LinkForm]:
    """The lines of a menu that were filled in, in the order of their places."""
    filled = [
        LinkForm({"label": label, "address": address, "place": place})
        for label, address, place in zip_longest(
            *(sent.getlist(name) for name in ("label", "address", "place")), fillvalue=""
        )
        if label.strip() or address.strip()
    ]
    return sorted(filled, key=lambda row: number(row.data["place"].strip()) or 0)


def links_of(rows: Iterable[LinkForm]) -> list[Link]:
    """The links of lines that were found valid, each once."""
    found = (Link(row.cleaned_data["address"], row.cleaned_data["label"]) for row in rows)
    return list(dict.fromkeys(found))


class LetInForm(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none())

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Asked anew each time: who is here changes from day to day.
        self.fields["person"].queryset = Person.objects.present()  # type: ignore[attr-defined]
