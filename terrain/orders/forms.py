"""What is asked of a steward who has a legal order before them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from terrain.orders.order import LONGEST_DELAY
from terrain.people.models import Person
from terrain.web import markup
from terrain.web.fields import Line, Paragraphs

SHORTEST, LONGEST = 40, 1000


def reasoned(words: str) -> str:
    """A reason of forty characters at least; raises ValidationError, with a sentence."""
    if len(words) < SHORTEST or markup.is_empty(words):
        raise ValidationError(_("Say it in %(n)s characters at least.") % {"n": SHORTEST}, "short")
    if len(words) > LONGEST:
        raise ValidationError(_("In %(n)s characters at most.") % {"n": LONGEST}, "long")
    return words


class ReasonForm(forms.Form):
    """Why, in public: who ordered it, under which number, for which case; never who it is about."""

    reason = Paragraphs(required=False)

    def clean_reason(self) -> str:
        return reasoned(str(self.cleaned_data["reason"]))


class OrderForm(ReasonForm):
    """Between whom: their mail addresses; and a delay, where the law orders it too."""

    people = Line(required=False)
    delayed_until = forms.DateField(required=False)
    delay_reason = Paragraphs(required=False)

    def clean_people(self) -> list[Person]:
        written = str(self.cleaned_data["people"]).replace(",", " ").replace(";", " ").split()
        found = {each: Person.objects.at(each).first() for each in written}
        if missing := [each for each, person in found.items() if person is None]:
            raise ValidationError(
                _("Nobody here has this address: %(address)s") % {"address": missing[0]}, "missing"
            )
        people = {person.pk: person for person in found.values() if person}
        if len(people) < 2:
            raise ValidationError(_("Two addresses at least: of those who talked to each other."), "few")
        return list(people.values())

    def clean_delayed_until(self) -> date | None:
        day: date | None = self.cleaned_data["delayed_until"]
        today = timezone.localdate()
        if day and not today < day <= today + LONGEST_DELAY:
            raise ValidationError(_("A day to come, within %(n)s days.") % {"n": LONGEST_DELAY.days}, "late")
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("delayed_until"):
            try:
                given["delay_reason"] = reasoned(str(given.get("delay_reason", "")))
            except ValidationError as fault:
                self.add_error("delay_reason", fault)
        return given
