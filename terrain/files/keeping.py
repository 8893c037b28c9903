"""Keeping what somebody brings along, and letting it go again."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.base import File as Content
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from terrain.files import films, jobs, papers, pictures, scanning
from terrain.files.events import Kept
from terrain.files.models import LONGEST_NAME, PDF, File
from terrain.files.receiving import MOST
from terrain.files.sorts import PICTURE, sort_of
from terrain.people.models import Person
from terrain.web.events import tell

WHOLE, PAGE, SMALL = "whole", "page", "small"
"""What may be kept of a file: itself, what is shown on a page, and the same among others."""


def keep(person: Person | None, upload: "UploadedFile[Any]") -> File:
    """Check what was sent, and keep it; raises ValidationError, with a sentence, where nothing of it is kept."""
    name = clean_name(upload.name or "")
    if not upload.size:
        raise ValidationError(_("“%(name)s” is empty.") % {"name": name}, "empty")
    if upload.size > MOST:
        raise ValidationError(
            _("“%(name)s” is too large: a file may have %(most)s MB.")
            % {"name": name, "most": MOST // 1_000_000},
            "large",
        )
    content: IO[bytes] = upload.file  # type: ignore[assignment]
    scanning.scan(name, content)
    sort = sort_of(name, content)
    if sort == PICTURE:
        return keep_picture(person, name, pictures.picture(name, content))
    pages = papers.pages(name, content) if sort == PDF else None
    if sort in films.BOXED:
        films.forget_place(content)
    content.seek(0)
    brought = File(uploader=person, name=name, type=sort, size=upload.size, page_count=pages)
    return _kept(brought, {WHOLE: Content(content)})


def keep_picture(person: Person | None, name: str, drawn: pictures.Picture) -> File:
    """Keep a picture that was drawn anew."""
    brought = File(
        uploader=person,
        name=name,
        type=drawn.type,
        size=len(drawn.page),
        width=drawn.width,
        height=drawn.height,
    )
    return _kept(brought, {PAGE: ContentFile(drawn.page), SMALL: ContentFile(drawn.small)})


def _kept(brought: File, contents: Mapping[str, "Content[bytes]"]) -> File:
    brought.save()
    try:
        for form, content in contents.items():
            default_storage.save(place(brought, form), content)
    except BaseException:
        for form in contents:
            default_storage.delete(place(brought, form))
        brought.delete()
        raise
    with transaction.atomic():
        brought.is_whole = True
        brought.save(update_fields=["is_whole"])
        tell(Kept(brought.pk))
        if brought.page_count:
            jobs.draw_first_page.defer(file_id=brought.pk)
    return brought


@transaction.atomic
def drop(files: Collection[File]) -> None:
    """Let these files go, now: the worker erases what was kept of them."""
    if files:
        jobs.erase.defer(uids=[str(each.uid) for each in files])
        File.unscoped.filter(pk__in=[each.pk for each in files]).delete()


def place(file: File, form: str) -> str:
    """Where a form of a file is kept."""
    return f"{file.uid}/{form}"


def clean_name(name: str) -> str:
    """A file's name as it can be shown and offered: on one line, without a path or signs that turn text around."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    shown = "".join(each for each in name if unicodedata.category(each)[0] != "C")
    shown = " ".join(shown.split()).strip(". ") or "file"
    stem, dot, ending = shown.rpartition(".")
    if len(shown) <= LONGEST_NAME:
        return shown
    return f"{stem[: LONGEST_NAME - 12]}…{dot}{ending[:10]}" if dot else shown[:LONGEST_NAME]
