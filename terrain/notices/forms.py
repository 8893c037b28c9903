"""What is asked of who publishes a notice."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from terrain.conversations.composing import OpeningForm
from terrain.conversations.models import Message
from terrain.notices.notice import (
    A_MONTH,
    LONGEST_REASON,
    LONGEST_VOICE,
    SHORTEST_REASON,
    compulsory_this_month,
    tell_everybody,
)
from terrain.spaces.models import Openness
from terrain.web.fields import Line
from terrain.web.rendering import fragment

LONGEST = timedelta(days=60)
"""How long one is compulsory at most."""


class NoticeForm(OpeningForm):
    """To whom it is told, for whom its author speaks, and whether it is compulsory, why and until when."""

    audience = forms.ChoiceField(
        choices=[("members", ""), ("everybody", "")],
        required=False,
        error_messages={"invalid_choice": _("Choose to whom it is told.")},
    )
    voice = Line(
        max_length=LONGEST_VOICE,
        required=False,
        error_messages={"max_length": _("Say it in %(limit_value)s characters at most.")},
    )
    compulsory = forms.BooleanField(required=False)
    reason = Line(
        max_length=LONGEST_REASON,
        required=False,
        error_messages={"max_length": _("Say it in %(limit_value)s characters at most.")},
    )
    until = forms.DateField(required=False, error_messages={"invalid": _("Write a day, such as 2027-03-12.")})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        space = given.get("space")
        if given.get("audience") == "everybody" and space and space.openness != Openness.OPEN:
            self.add_error(
                "audience",
                gettext(
                    "Everybody is told where everybody reads: choose an open space, or tell its members."
                ),
            )
        if given.get("compulsory"):
            self._needs_a_reason(given)
        return given

    def _needs_a_reason(self, given: dict[str, Any]) -> None:
        today = timezone.localdate()
        if "voice" not in self.errors and not given.get("voice"):
            self.add_error("voice", gettext("What is compulsory says for whom you speak."))
        if "reason" not in self.errors and len(given.get("reason", "")) < SHORTEST_REASON:
            self.add_error(
                "reason",
                gettext("Say in %(n)s characters at least why everybody has to read it.")
                % {"n": SHORTEST_REASON},
            )
        if "until" not in self.errors and not (
            given.get("until") and today <= given["until"] <= today + LONGEST
        ):
            self.add_error("until", gettext("Until when? A day to come, within sixty days."))

    def asks(self) -> Markup | str:
        return fragment(
            "notices/_asks.html", form=self, left=max(0, A_MONTH - compulsory_this_month()), most=A_MONTH
        )

    def before_publishing(self) -> str:
        return gettext("Published at once: all who are told can answer, from the first minute.")

    def keep(self, message: Message) -> None:
        given = self.cleaned_data
        tell_everybody(
            message.conversation,
            given["voice"],
            is_for_everybody=given["audience"] == "everybody",
            reason=given["reason"],
            until=given["until"] if given["compulsory"] else None,
        )
