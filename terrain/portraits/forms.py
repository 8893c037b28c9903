"""What is asked of who shows a picture of themselves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from terrain.files.keeping import drop, keep
from terrain.files.models import File
from terrain.people.about import Audience
from terrain.people.models import Person


class PortraitForm(forms.Form):
    """A picture, and who sees it; the file that it is kept as is in `cleaned_data`, None where none came along."""

    picture = forms.Field(required=False, widget=forms.FileInput)
    audience = forms.ChoiceField(choices=Audience.choices)

    def __init__(self, person: Person, has_one: bool, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.person, self.has_one = person, has_one

    def clean_picture(self) -> File | None:
        sent: UploadedFile[Any] | None = self.cleaned_data["picture"]
        if sent is None:
            if not self.has_one:
                raise ValidationError(_("Choose a picture first."), "none")
            return None
        kept = keep(self.person, sent)
        if not kept.is_picture:
            drop([kept])
            raise ValidationError(_("“%(name)s” is not a picture.") % {"name": kept.name}, "sort")
        return kept
