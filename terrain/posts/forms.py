"""What is asked of who writes a post."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terrain.conversations.conversation import LONGEST_TITLE
from terrain.conversations.forms import MessageForm
from terrain.people.models import Person
from terrain.spaces.models import Space


class PostForm(MessageForm):
    space: "forms.ModelChoiceField[Space]" = forms.ModelChoiceField(
        None,
        error_messages={
            "required": _("Choose the space where this is said."),
            "invalid_choice": _("This space is not one in which you may write."),
        },
    )
    title = forms.CharField(
        max_length=LONGEST_TITLE,
        required=False,
        error_messages={
            "max_length": _("A title has %(limit_value)s characters at most: the rest goes below.")
        },
    )

    def __init__(self, person: Person, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["space"].queryset = Space.readable_by(person)  # type: ignore[attr-defined]
