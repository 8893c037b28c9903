"""Fields for plain text: of one line, a name, a title, a sentence; of several, in paragraphs."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from terrain.web import markup


class Line(forms.CharField):
    """A text on one line, its spaces single; what no text holds is refused."""

    def to_python(self, value: object) -> str:
        return markup.on_one_line(str(super().to_python(value)))

    def validate(self, value: str) -> None:
        super().validate("" if markup.is_empty(value) else value)
        if markup.is_binary(value):
            raise ValidationError(_("This is not text: a file was pasted, it seems."), "binary")


class Paragraphs(forms.CharField):
    """A text of several lines, each ended as PostgreSQL and everybody else ends it; what no text holds is refused."""

    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        super().validate("" if markup.is_empty(value) else value)
        if markup.is_binary(value):
            raise ValidationError(_("This is not text: a file was pasted, it seems."), "binary")
