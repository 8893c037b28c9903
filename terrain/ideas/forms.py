"""What is asked of who proposes an idea, supports one, answers one, or lets somebody else decide."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from terrain.conversations.composing import OpeningForm
from terrain.conversations.models import Conversation, Message
from terrain.ideas import answer, debt
from terrain.ideas.answer import Verdict
from terrain.ideas.debt import reads
from terrain.ideas.idea import LONGEST_REASON, propose
from terrain.people.models import Person
from terrain.web import markup
from terrain.web.fields import Line, Paragraphs
from terrain.web.rendering import fragment

LONGEST_PROPOSAL = 5000
FARTHEST = timedelta(days=366)


class IdeaForm(OpeningForm):
    """What is the matter, and what one proposes: both become the message that opens the conversation."""

    proposal = Paragraphs(
        max_length=LONGEST_PROPOSAL,
        required=False,
        error_messages={"max_length": _("Say it in %(limit_value)s characters at most.")},
    )

    def asks(self) -> Markup | str:
        return fragment("ideas/_asks.html", form=self)

    def before_publishing(self) -> str:
        return gettext("Published at once. With enough support, somebody owes it a reasoned answer.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("proposal") and "body" in given:
            proposal = markup.from_text(given["proposal"])
            given["body"] += f"<h3>{escape(gettext('What I propose'))}</h3>{proposal}"
        return given

    def keep(self, message: Message) -> None:
        propose(message.conversation)


class SupportForm(forms.Form):
    reason = Line(
        max_length=LONGEST_REASON,
        required=False,
        error_messages={"max_length": _("Say it in %(limit_value)s characters at most.")},
    )


class AnswerForm(forms.Form):
    """A verdict with its reason, which is longer for a no; and its day, for later."""

    verdict = forms.ChoiceField(
        choices=Verdict.choices,
        error_messages={"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")},
    )
    reason = Paragraphs(
        max_length=answer.LONGEST,
        error_messages={
            "required": _("Say why: everybody who reads the idea reads this."),
            "max_length": _("Say it in %(limit_value)s characters at most."),
        },
    )
    later_on = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": _("Write a day, such as 2027-03-12.")},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        verdict, reason = given.get("verdict"), given.get("reason")
        least = answer.SHORTEST_NO if verdict == Verdict.NO else answer.SHORTEST
        if reason and len(reason) < least:
            why = gettext("Say why in %(n)s characters at least: %(now)s so far.")
            self.add_error("reason", ValidationError(why % {"n": least, "now": len(reason)}, "short"))
        today = timezone.localdate()
        if verdict == Verdict.LATER and "later_on" not in self.errors:
            if not given.get("later_on") or not today < given["later_on"] <= today + FARTHEST:
                self.add_error("later_on", gettext("When? A day to come, within a year."))
        elif verdict != Verdict.LATER:
            given["later_on"] = None
        return given


class ReasonForm(forms.Form):
    """Why, in public."""

    reason = Paragraphs(
        max_length=debt.LONGEST,
        error_messages={
            "required": _("Say why: everybody who reads the idea reads this."),
            "max_length": _("Say it in %(limit_value)s characters at most."),
        },
    )

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"])
        if len(reason) < debt.SHORTEST:
            raise ValidationError(
                gettext("Say why in %(n)s characters at least: %(now)s so far.")
                % {"n": debt.SHORTEST, "now": len(reason)},
                "short",
            )
        return reason


class PersonField(forms.CharField):
    """Somebody who is here, by their name or their mail address."""

    def clean(self, value: Any) -> Any:
        said = str(super().clean(value)).strip()
        if not said:
            return None
        here = Person.objects.present()
        found = list(here.filter(name__iexact=said)[:2]) or list(here.at(said)[:2])
        if len(found) != 1:
            raise ValidationError(
                gettext("Two people have this name: write their mail address.")
                if found
                else gettext("Nobody here has this name or this mail address."),
                "unknown",
            )
        return found[0]


class HandingForm(ReasonForm):
    """Who decides instead, and why."""

    to = PersonField(error_messages={"required": _("Who decides, then?")})

    def __init__(self, conversation: Conversation, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.conversation = conversation

    def clean_to(self) -> Person:
        to: Person = self.cleaned_data["to"]
        if not reads(to, self.conversation):
            raise ValidationError(gettext("They may not read this idea."), "outside")
        return to


class DeciderForm(forms.Form):
    """Who decides about the ideas of a space; nobody in particular, where nothing is written."""

    to = PersonField(required=False)
