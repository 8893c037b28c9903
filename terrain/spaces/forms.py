"""What is asked of who opens a space: a name, a sentence, and for whom it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terrain.people.models import Person
from terrain.spaces.space import LONGEST_ABOUT, LONGEST_NAME, Openness
from terrain.web.fields import Line

TOO_LONG = _("%(limit_value)s characters at most: shorter is easier to find.")


class SpaceForm(forms.Form):
    name = Line(
        max_length=LONGEST_NAME,
        error_messages={"required": _("Give the space a name."), "max_length": TOO_LONG},
    )
    about = Line(max_length=LONGEST_ABOUT, required=False, error_messages={"max_length": TOO_LONG})
    openness = forms.ChoiceField(choices=Openness.choices, initial=Openness.OPEN)


class LetInForm(forms.Form):
    person = forms.ModelChoiceField(Person.objects.none())

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Asked anew each time: who is here changes from day to day.
        self.fields["person"].queryset = Person.objects.present()  # type: ignore[attr-defined]
