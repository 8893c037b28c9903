"""What a conversation was begun from, carried along until it is published."""

from django import forms
from django.http import QueryDict
from markupsafe import Markup

from terrain.conversations.models import Message
from terrain.conversations.parts import Files, Part
from terrain.drafts.models import Template, Use
from terrain.people.models import Person
from terrain.web.rendering import fragment


class TemplateForm(forms.Form):
    """The template, found among those that this person may read; one that is gone is forgotten."""

    template = forms.IntegerField()

    def __init__(self, sent: QueryDict, person: Person) -> None:
        super().__init__(sent)
        self.person = person


class FromTemplate(Part):
    name = "template"
    order = 90

    def draw(self, form: forms.Form | None) -> Markup:
        return fragment("drafts/_from_template.html", pk=form["template"].value() if form else "")

    def bind(self, sent: QueryDict, files: Files, person: Person) -> forms.Form | None:
        form = TemplateForm(sent, person)
        return form if sent.get("template") and form.is_valid() else None

    def keep(self, message: Message, form: forms.Form) -> None:
        assert isinstance(form, TemplateForm)
        found = Template.visible_to(form.person).filter(pk=form.cleaned_data["template"]).first()
        if found:
            Use.objects.create(template=found, conversation=message.conversation)
