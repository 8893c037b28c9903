"""Coming back to what one had begun to write: an upper folder keeps it, the forms here ask for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django import forms
from django.db.models import OuterRef, QuerySet
from django.http import HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict
from markupsafe import Markup

from terrain.conversations.parts import Carried, carried
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.web.prepared import Given


@dataclass(frozen=True)
class Begun:
    """What is kept of a form that was not sent yet."""

    sent: QueryDict | None = None
    """Its fields as they were; None where nothing is kept."""
    note: Markup = field(default_factory=Markup)
    """What says so at the foot of the form, and keeps what is written from now on."""

    def held(self, form: type[forms.Form]) -> dict[str, Any]:
        """What the fields of such a form held, as it begins with them; nothing where nothing is kept."""
        if self.sent is None:
            return {}
        fields = form.base_fields.items()
        read = {
            name: each.widget.value_from_datadict(self.sent, MultiValueDict(), name)
            for name, each in fields
            if name in self.sent
        }
        return {name: value for name, value in read.items() if value is not None}

    def carried(self, request: PersonRequest, replying: bool = False) -> Carried | None:
        """What the message carried beside its words."""
        return None if self.sent is None else carried(self.sent, MultiValueDict(), request.user, replying)


Fields = Mapping[str, Sequence[str]]


class Keeper(Protocol):
    """Keeps what is begun, for its author alone."""

    def nothing(self) -> Begun:
        """For a form in which nothing was written yet: the same for everybody."""

    def begun(
        self, request: PersonRequest, kind: str, conversation: int | None, same: Mapping[str, Sequence[str]]
    ) -> Begun | None:
        """What they began last of this kind, or in answer to this conversation, with the same in these fields."""

    def answers(self, person: Given, conversation: OuterRef) -> QuerySet[Any]:
        """Rows, any at all where this person began to answer this conversation."""

    def later(self, form: forms.Form) -> Markup:
        """What offers to publish it later."""

    def plan(self, request: PersonRequest, kind: str, due: datetime, held: Fields) -> HttpResponse:
        """Keep what was sent, `held` standing for its files, to be published then; answers with where it is found
        meanwhile. Raises ValidationError, with a sentence, where it cannot be kept."""


_keepers: list[Keeper] = []


def keeps(keeper: type[Keeper]) -> type[Keeper]:
    """Register the decorated class."""
    _keepers.append(keeper())
    return keeper


def nothing() -> Begun:
    """For a form in which nothing was written yet: the same for everybody."""
    return _keepers[0].nothing() if _keepers else Begun()


def answers(person: Given, conversation: OuterRef) -> QuerySet[Any]:
    """Rows, any at all where this person began to answer this conversation; for a question about a conversation."""
    return _keepers[0].answers(person, conversation) if _keepers else Person.objects.none()


def later(form: forms.Form) -> Markup:
    """What offers to publish later what is written in this form; nothing where nobody keeps it."""
    return _keepers[0].later(form) if _keepers else Markup()


def plan(request: PersonRequest, kind: str, due: datetime, held: Fields) -> HttpResponse | None:
    """Publish what was sent at this moment, as `Keeper.plan` says; None where nobody keeps it until then."""
    return _keepers[0].plan(request, kind, due, held) if _keepers else None


def begun(
    request: PersonRequest,
    kind: str = "",
    conversation: int | None = None,
    same: Mapping[str, Sequence[str]] | None = None,
) -> Begun:
    """What the person who asks had begun, of this kind or in answer to this conversation."""
    found = _keepers[0].begun(request, kind, conversation, same or {}) if _keepers else None
    return found or nothing()
