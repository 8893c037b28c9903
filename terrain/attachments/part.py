"""Files as a part of what one writes."""

from collections.abc import Mapping, Sequence

from django import forms
from django.http import QueryDict
from markupsafe import Markup

from terrain.attachments.attaching import attach
from terrain.attachments.forms import AttachmentsForm
from terrain.conversations.models import Message
from terrain.conversations.parts import Files, Part
from terrain.conversations.writing import FILE, PICTURE
from terrain.files.receiving import MOST as LARGEST
from terrain.people.models import Person
from terrain.web.rendering import fragment


class Attachments(Part):
    name = "files"
    order = 10
    in_replies = True

    def draw(self, form: forms.Form | None) -> Markup:
        given = form if isinstance(form, AttachmentsForm) else None
        return fragment(
            "attachments/_field.html",
            largest=LARGEST,
            chosen=given.chosen if given else [],
            refused=given.non_field_errors() if given else [],
        )

    def bind(self, sent: QueryDict, files: Files, person: Person) -> forms.Form | None:
        carried = files.getlist("new_files")
        return AttachmentsForm(person, sent, carried) if carried or sent.getlist("files") else None

    def keep(self, message: Message, form: forms.Form) -> None:
        assert isinstance(form, AttachmentsForm)
        attach(message, form.chosen, form.alts)

    def sign(self, form: forms.Form) -> str:
        assert isinstance(form, AttachmentsForm)
        if not form.chosen:
            return ""
        return PICTURE if all(each.is_picture or each.is_film for each in form.chosen) else FILE

    def held(self, form: forms.Form) -> Mapping[str, Sequence[str]]:
        assert isinstance(form, AttachmentsForm)
        return {"files": [str(each.uid) for each in form.chosen]}
