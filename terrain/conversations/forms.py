"""What is asked of who writes a message."""

import uuid
from typing import Any

from django import forms

from terrain.conversations.reacting import OFFERED
from terrain.conversations.writing import cleaned, is_html
from terrain.web import markup


class MessageForm(forms.Form):
    """A message and the name of its form. What was written stays in the field when it is refused."""

    body = forms.Field(required=False)
    key = forms.Field(required=False)
    reply_to = forms.IntegerField(required=False, min_value=1)

    def clean_body(self) -> str:
        return cleaned(str(self.cleaned_data["body"] or ""))

    def clean_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(str(self.cleaned_data["key"]))
        except ValueError:
            return uuid.uuid4()

    @property
    def html(self) -> str:
        """What was written, where it came from the editor; else nothing."""
        body = str(self.written("body") or "")
        return body if is_html(body) else ""

    @property
    def text(self) -> str:
        """What a bare text area shows: the words alone where that loses nothing, else what was sent as it was."""
        body = str(self.written("body") or "")
        words = markup.to_text(body) if is_html(body) else body
        return words if not is_html(body) or markup.from_text(words) == body else body

    def written(self, name: str) -> Any:
        """What the field holds now: what was sent, else what it began with."""
        return self[name].value()


class ReactionForm(forms.Form):
    emoji = forms.ChoiceField(choices=[(emoji, emoji) for emoji in OFFERED])
