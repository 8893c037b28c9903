"""Zips that would burst: what is in them is never taken out here, but somebody would do it at home."""

import zipfile
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_INSIDE = 2_000_000_000
"""Bytes of all that is inside, taken out."""
MOST_ENTRIES = 20_000
MOST_TIMES = 200
"""How many times larger it may become; text shrinks to a tenth, seldom to a fiftieth."""
SMALL = 50_000_000
"""Bytes that are no harm, however many times larger than what they were."""


def check(name: str, content: IO[bytes]) -> None:
    """Raise ValidationError, with a sentence, where a zip is broken or would burst; its directory alone is read."""
    try:
        content.seek(0, 2)
        size = content.tell()
        content.seek(0)
        with zipfile.ZipFile(content) as zipped:
            entries = zipped.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise ValidationError(
            _("“%(name)s” is broken: what it holds cannot be taken out.") % {"name": name}, "broken"
        ) from None
    inside = sum(entry.file_size for entry in entries)
    overlap = sum(entry.compress_size for entry in entries) > size
    bursts = inside > MOST_INSIDE or (inside > SMALL and inside > MOST_TIMES * size)
    if overlap or bursts or len(entries) > MOST_ENTRIES:
        raise ValidationError(
            _("“%(name)s” would become far too large when it is opened: it is not kept.") % {"name": name},
            "bursts",
        )
