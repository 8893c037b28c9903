"""PDFs: whether one can be read, how many pages it has, and its first page as a picture."""

import subprocess
import sys
import tempfile
from shutil import copyfileobj
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PATIENCE = 20
"""Seconds that reading one may take, its process's start included."""
MOST_PAGES = 5000


class Unreadable(Exception):
    """This PDF cannot be read, or not within bounds."""


def pages(name: str, content: IO[bytes]) -> int:
    """How many pages a PDF has, 0 where a password locks it; raises ValidationError, with a sentence."""
    try:
        found = int(_asked("count", content))
    except (Unreadable, ValueError):
        raise ValidationError(
            _("“%(name)s” is a PDF that cannot be read: it is broken, or was cut short.") % {"name": name},
            "broken",
        ) from None
    if found > MOST_PAGES:
        raise ValidationError(
            _("“%(name)s” has too many pages: %(most)s at most.") % {"name": name, "most": MOST_PAGES},
            "pages",
        )
    return found


def first_page(content: IO[bytes]) -> bytes:
    """The first page as PNG; raises Unreadable."""
    return _asked("draw", content)


def _asked(what: str, content: IO[bytes]) -> bytes:
    with tempfile.TemporaryFile() as copy:
        content.seek(0)
        copyfileobj(content, copy)
        copy.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-m", "terrain.files.pdfium", what],
                stdin=copy,
                capture_output=True,
                timeout=PATIENCE,
                check=True,
            )
        except (subprocess.SubprocessError, OSError):
            raise Unreadable from None
    return done.stdout
