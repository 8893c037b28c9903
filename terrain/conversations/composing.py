"""Beginning a conversation: where, of which kind, its title and its first message, on one page for every kind."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from terrain.conversations.conversation import LONGEST_TITLE
from terrain.conversations.forms import MessageForm
from terrain.conversations.kinds import Kind
from terrain.conversations.opening import open_conversation
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.web.fields import Line
from terrain.web.rendering import page


class OpeningForm(MessageForm):
    """What every kind asks; a kind that asks more has a form of its own, which begins with this one."""

    space: "forms.ModelChoiceField[Space]" = forms.ModelChoiceField(
        None,
        error_messages={
            "required": _("Choose the space where this is said."),
            "invalid_choice": _("This space is not one in which you may write."),
        },
    )
    title = Line(
        max_length=LONGEST_TITLE,
        required=False,
        error_messages={
            "required": _("Give it a title: the question, the idea, in a line."),
            "max_length": _("A title has %(limit_value)s characters at most: the rest goes below."),
        },
    )

    def __init__(self, person: Person, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["space"].queryset = Space.readable_by(person)  # type: ignore[attr-defined]


def compose(request: PersonRequest, kind: type[Kind]) -> HttpResponse:
    """The page on which a conversation of this kind is written; once it is, the way to the conversation."""
    person = request.user
    form = OpeningForm(
        person, request.POST or None, initial={"key": uuid.uuid4(), "space": request.GET.get("space")}
    )
    form.fields["title"].required = kind.titled
    if request.method == "POST" and form.is_valid():
        written = form.cleaned_data
        opened = open_conversation(
            written["space"], person, written["body"], written["title"], kind=kind.name, key=written["key"]
        )
        return redirect("conversation", opened.pk)
    spaces = Space.readable_by(person).order_by("-last_activity_at")
    own = set(Space.of(person).values_list("pk", flat=True))
    return page(
        request,
        "conversations/compose.html",
        status=422 if form.errors else 200,
        place="write",
        kind=kind,
        form=form,
        own=[space for space in spaces if space.pk in own],
        others=[space for space in spaces if space.pk not in own],
    )
