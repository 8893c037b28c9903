"""What is asked of who writes a message."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from terrain.conversations import parts
from terrain.conversations.emojis import is_emoji
from terrain.conversations.naming import unlinked
from terrain.conversations.parts import Carried
from terrain.conversations.writing import cleaned, is_html
from terrain.web import markup


class MessageForm(forms.Form):
    """A message and the name of its form. What was written stays in the field when it is refused."""

    body = forms.Field(required=False)
    key = forms.Field(required=False)
    reply_to = forms.IntegerField(required=False, min_value=1)
    passage = forms.CharField(required=False)

    def __init__(self, *arguments: Any, carried: Carried | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.carried: Carried = carried or {}

    def clean_body(self) -> str:
        return cleaned(str(self.cleaned_data["body"] or ""), self.sign())

    def sign(self) -> str:
        """What stands for words where there are none, and what comes along says enough."""
        return parts.sign(self.carried)

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
        return words if not is_html(body) or markup.from_text(words) == unlinked(body) else body

    def written(self, name: str) -> Any:
        """What the field holds now: what was sent, else what it began with."""
        return self[name].value()


class VersionForm(MessageForm):
    """What a message says in its other language."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


class ReactionForm(forms.Form):
    """One emoji, whichever."""

    emoji = forms.CharField(max_length=16)

    def clean_emoji(self) -> str:
        if not is_emoji(sign := str(self.cleaned_data["emoji"])):
            raise forms.ValidationError(_("A reaction is one emoji."), "none")
        return sign
