"""Beginning a conversation: where, of which kind, its title and its first message, on one page for every kind."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from terrain.conversations import parts, resuming
from terrain.conversations.conversation import LONGEST_TITLE, Conversation
from terrain.conversations.forms import MessageForm
from terrain.conversations.kinds import Kind
from terrain.conversations.message import Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.parts import Carried, Files
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.spaces.space import SpaceQuerySet
from terrain.web import asked, clocks, moments
from terrain.web.fields import Line
from terrain.web.refusing import Refused
from terrain.web.rendering import page

LATER = "later"
"""The name of the button that asks to publish it later."""
FARTHEST = timedelta(days=366)


class OpeningForm(MessageForm):
    """What every kind asks; a kind that asks more has a form of its own (`Kind.form`), which begins with this one."""

    person: Person
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

    due = forms.CharField(required=False)
    """When it is published, where that is asked by `later`."""

    def __init__(self, person: Person, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.person = person
        self.fields["space"].queryset = self.spaces()  # type: ignore[attr-defined]

    def sign(self) -> str:
        """A conversation needs words to be found by: those of its title will do."""
        return super().sign() if self.written("title") else ""

    def clean_due(self) -> datetime | None:
        if LATER not in self.data:
            return None
        if not str(self.cleaned_data["due"]).strip():
            raise ValidationError(_("When? A day and an hour."), "required")
        due = clocks.read(str(self.cleaned_data["due"]), moments.zone(self.person.zone))
        if not timezone.now() < due < timezone.now() + FARTHEST:
            raise ValidationError(_("Choose a moment to come, within a year."), "past")
        return due

    def spaces(self) -> SpaceQuerySet:
        """Where this person may begin one."""
        return Space.readable_by(self.person)

    def told(self, space: Space) -> str:
        """What is said beside a space where one chooses it, such as how many people are told; nothing, as a rule."""
        return ""

    def asks(self) -> Markup | str:
        """The fields of the kind's own, drawn with what they hold."""
        return ""

    def before_publishing(self) -> str:
        """What one knows before one publishes."""
        return gettext("Published at once, for all who read this space.")

    def keep(self, message: Message) -> None:
        """Keep what the kind adds, in the transaction that opens the conversation; it may still raise
        ValidationError, with a sentence."""


@dataclass(frozen=True)
class Composed:
    """A conversation as somebody sent it to be opened: its form, and the forms of what its first message carries."""

    person: Person
    kind: type[Kind]
    form: OpeningForm
    carried: Carried

    @classmethod
    def of(cls, person: Person, kind: type[Kind], sent: QueryDict, files: Files) -> Self:
        """What this person sent; the same from a page, from a draft or from another program."""
        carried = parts.carried(sent, files, person)
        form = form_of(kind)(person, sent, carried=carried)
        form.fields["title"].required = kind.titled
        return cls(person, kind, form, carried)

    def is_valid(self) -> bool:
        """Whether nothing is wrong; where something is, the forms say it in sentences."""
        return all([self.form.is_valid(), parts.are_valid(self.carried)])

    def publish(self) -> Conversation:
        """Open the conversation; what is valid, once or twice, opens one."""
        written = self.form.cleaned_data
        return open_conversation(
            written["space"],
            self.person,
            written["body"],
            written["title"],
            kind=self.kind.name,
            key=written["key"],
            then=self._keep,
        )

    def _keep(self, message: Message) -> None:
        self.form.keep(message)
        parts.keep(message, self.carried)


def form_of(kind: type[Kind]) -> type[OpeningForm]:
    """What this kind asks of who begins one."""
    form: type[OpeningForm] = import_string(kind.form)
    return form


def compose(request: PersonRequest, kind: type[Kind]) -> HttpResponse:
    """The page on which a conversation of this kind is written; once it is, the way to the conversation."""
    person = request.user
    status = 422
    composed = Composed.of(person, kind, request.POST, request.FILES) if request.method == "POST" else None
    if composed and composed.is_valid():
        due = composed.form.cleaned_data["due"]
        try:
            planned = resuming.plan(request, kind.name, due, parts.held(composed.carried)) if due else None
            return planned or redirect("conversation", composed.publish().pk)
        except (ValidationError, Refused) as refused:
            status = getattr(refused, "status", 422)
            composed.form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
    asks, wanted = form_of(kind), request.GET.get("space")
    begun = resuming.begun(request, kind.name, same={"space": [wanted]} if wanted else {})
    initial = {"key": uuid.uuid4(), "space": wanted, "title": asked.words(request, "title", LONGEST_TITLE)}
    initial |= begun.held(asks)
    form = composed.form if composed else asks(person, initial=initial)
    spaces = form.spaces().living().order_by("-last_activity_at")
    own = set(Space.of(person).values_list("pk", flat=True))
    return page(
        request,
        "conversations/compose.html",
        status=status if composed else 200,
        place="write",
        kind=kind,
        form=form,
        parts=parts.drawn(composed.carried if composed else begun.carried(request)),
        later=resuming.later(form),
        kept=resuming.nothing().note if composed else begun.note,
        own=[space for space in spaces if space.pk in own],
        others=[space for space in spaces if space.pk not in own],
    )
