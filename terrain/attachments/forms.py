"""What is said of the files that go with a message: which, and what the pictures show."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from terrain.attachments.models import MOST
from terrain.files.keeping import keep
from terrain.files.models import LONGEST_ALT, File
from terrain.people.models import Person

TOO_LONG = gettext_lazy("Say it in %(limit_value)s characters at most: who cannot see it hears it read.")


class AttachmentsForm(forms.Form):
    """The files that were brought before, by their uids, and those that the form itself carries: these are kept as
    they are checked, so that what was good of them is still there when the form comes back."""

    def __init__(self, person: Person, sent: QueryDict, carried: "Sequence[UploadedFile[Any]]") -> None:
        super().__init__(sent)
        self.person = person
        self.uids = [uid for each in sent.getlist("files") if (uid := _uid(each))]
        self.carried = carried
        self.alts = {name.removeprefix("alt-"): str(sent[name]) for name in sent if name.startswith("alt-")}
        self.chosen: list[File] = []

    def clean(self) -> None:
        """Find what was brought, keep what came along, and say of each that is refused why."""
        brought = File.unscoped.filter(uploader=self.person, is_whole=True).in_bulk(
            self.uids, field_name="uid"
        )
        self.chosen = [brought[uid] for uid in dict.fromkeys(self.uids) if uid in brought]
        for file in self.chosen:
            file.alt = self.alts.get(str(file.uid), file.alt)
        for upload in self.carried:
            try:
                if len(self.chosen) >= MOST:
                    raise ValidationError(
                        _("A message carries %(most)s files at most.") % {"most": MOST}, "many"
                    )
                self.chosen.append(keep(self.person, upload))
            except ValidationError as refused:
                self.add_error(None, refused)
        if len(self.chosen) > MOST:
            self.add_error(None, _("A message carries %(most)s files at most.") % {"most": MOST})


class AltsForm(forms.Form):
    """What each of these pictures shows, in a field `alt-UID`."""

    def __init__(self, pictures: Sequence[File], sent: QueryDict | None) -> None:
        super().__init__(sent)
        self.pictures = pictures
        for each in pictures:
            self.fields[f"alt-{each.uid}"] = forms.CharField(
                required=False,
                max_length=LONGEST_ALT,
                initial=each.alt,
                error_messages={"max_length": TOO_LONG},
            )

    @property
    def rows(self) -> list[tuple[File, forms.BoundField]]:
        """Each picture with what is said of it."""
        return [(each, self[f"alt-{each.uid}"]) for each in self.pictures]

    @property
    def alts(self) -> dict[str, str]:
        """What a valid form says, by the file's uid."""
        return {name.removeprefix("alt-"): words for name, words in self.cleaned_data.items()}


def _uid(given: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(given)
    except ValueError:
        return None
