"""What is asked of who shares a conversation."""

from django import forms
from django.utils.translation import gettext as _

from terrain.conversations.models import Conversation
from terrain.people.models import Person
from terrain.sharing.share import LONGEST
from terrain.spaces.models import Space
from terrain.web.fields import Line


class ShareForm(forms.Form):
    """One of one's own spaces, other than its home, and a word."""

    space: "forms.ModelChoiceField[Space]" = forms.ModelChoiceField(None)
    words = Line(required=False, max_length=LONGEST)

    def __init__(self, data: object, conversation: Conversation, person: Person) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        own = Space.of(person).living().exclude(conversations=conversation).order_by("name")
        self.fields["space"].queryset = own  # type: ignore[attr-defined]
        for code in ("required", "invalid_choice"):
            self.fields["space"].error_messages[code] = _("Choose one of your spaces.")
        self.fields["words"].error_messages["max_length"] = _(
            "%(n)s characters at most: the rest can be an answer."
        ) % {"n": LONGEST}
