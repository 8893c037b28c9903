"""An event as what a message carries."""

from typing import cast

from django import forms
from django.http import QueryDict
from markupsafe import Markup

from terrain.agenda.event import invite
from terrain.agenda.forms import EventForm
from terrain.conversations.message import Message
from terrain.conversations.parts import Files, Part
from terrain.people.models import Person
from terrain.web.rendering import fragment

FIELDS = ("event_begins", "event_ends", "event_place")


class EventPart(Part):
    name = "event"
    order = 70

    def draw(self, form: forms.Form | None) -> Markup:
        return fragment("agenda/_inviting.html", form=form)

    def bind(self, sent: QueryDict, files: Files, person: Person) -> EventForm | None:
        is_there = any(str(sent.get(name, "")).strip() for name in FIELDS)
        return EventForm(sent, person) if is_there else None

    def keep(self, message: Message, form: forms.Form) -> None:
        event, given = cast("EventForm", form), form.cleaned_data
        invite(message, given["event_begins"], event.zone.key, given["event_ends"], given["event_place"])
