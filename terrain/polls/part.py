"""A poll as what a message carries."""

from typing import cast

from django import forms
from django.http import QueryDict
from markupsafe import Markup

from terrain.conversations.message import Message
from terrain.conversations.parts import Files, Part
from terrain.people.models import Person
from terrain.polls.forms import DAYS, PollForm
from terrain.polls.poll import MOST, ask
from terrain.web.rendering import fragment

SHOWN = 4
"""Fields for choices that show at once."""


class PollPart(Part):
    name = "poll"
    order = 60
    in_replies = True

    def draw(self, form: forms.Form | None) -> Markup:
        """A field for each choice that there may be, the later ones folded while they are empty."""
        poll = cast("PollForm | None", form)
        written = poll.choices if poll else []
        choices = [*written, *[""] * (MOST - len(written))]
        return fragment("polls/_asking.html", form=poll, choices=choices, shown=SHOWN, days=DAYS)

    def bind(self, sent: QueryDict, files: Files, person: Person) -> PollForm | None:
        is_there = any(each.strip() for each in [*sent.getlist("poll_choice"), sent.get("poll_question", "")])
        return PollForm(sent) if is_there else None

    def keep(self, message: Message, form: forms.Form) -> None:
        poll, given = cast("PollForm", form), form.cleaned_data
        ask(
            message,
            given["poll_choices"],
            given["poll_question"],
            poll.closes_at(),
            takes_several=given["poll_several"],
            is_secret=given["poll_secret"],
        )
