"""Which sort of file this is: told by what is in it, never by its name; and what is refused for it."""

import mimetypes
import re
from pathlib import PurePosixPath
from typing import IO

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from terrain.files import zips
from terrain.files.films import film

HEAD = 8192
"""Bytes by which the sort is told."""

PICTURE = "picture"
UNKNOWN = "application/octet-stream"

PICTURE_NAMES = {"jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff", "heic", "heif", "avif"}
ZIPPED_NAMES = {"zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"}
PICTURE_HEADS = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP|BM....\0\0\0\0|II\*\0|MM\0\*"
    rb"|....ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1|avif|avis)",
    re.DOTALL,
)
DRAWING = re.compile(rb"<(?:\w+:)?svg[\s>]|<!DOCTYPE\s+svg", re.IGNORECASE)
ZIP_HEADS = (b"PK\x03\x04", b"PK\x05\x06")
PROGRAM_HEADS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
PROGRAM_NAMES = {"exe", "dll", "msi", "com", "scr", "sys", "so", "dylib", "bin", "class", "o", ""}


def sort_of(name: str, content: IO[bytes]) -> str:
    """PICTURE, or the type of what is in this file, such as "application/pdf".

    Raises ValidationError, with a sentence for the person, where its name promises something else, or where it would
    do harm to open.
    """
    content.seek(0)
    head = content.read(HEAD)
    ending = PurePosixPath(name.lower()).suffix.lstrip(".")
    if _is_drawing(head):
        raise ValidationError(
            _("“%(name)s” is an SVG drawing, which can hold a program. Send it as a PNG or a PDF.")
            % {"name": name},
            "drawing",
        )
    found = _found(head, name if ending in ZIPPED_NAMES else "")
    if not _keeps_its_promise(ending, found, head):
        raise ValidationError(
            _("“%(name)s” does not hold what its name says. Was it cut short, or renamed?") % {"name": name},
            "lies",
        )
    if head.startswith(b"PK\x03\x04"):
        zips.check(name, content)
    return found


def _found(head: bytes, zipped: str) -> str:
    """The sort that these first bytes tell; a zip is the document that its name says, where it says one."""
    if PICTURE_HEADS.match(head):
        return PICTURE
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if kind := film(head):
        return kind
    if head.startswith(ZIP_HEADS):
        return mimetypes.guess_type(zipped)[0] or "application/zip"
    try:
        return str(puremagic.from_string(head, mime=True)) or UNKNOWN
    except (puremagic.PureError, ValueError):
        return UNKNOWN


def _is_drawing(head: bytes) -> bool:
    """Whether this begins as SVG, in whichever of the usual encodings."""
    return bool(DRAWING.search(head.replace(b"\0", b"")))


def _keeps_its_promise(ending: str, found: str, head: bytes) -> bool:
    if ending in PICTURE_NAMES:
        return found == PICTURE
    if ending == "pdf":
        return found == "application/pdf"
    if ending in ZIPPED_NAMES:
        return head.startswith(ZIP_HEADS)
    return ending in PROGRAM_NAMES or not head.startswith(PROGRAM_HEADS)
