"""Reads the files that people bring along, so that what is in them is found: each once, for it never changes."""

import subprocess
import sys
import tempfile
from shutil import copyfileobj

from django.core.files.storage import default_storage
from django.db import DataError, connection, transaction

from terrain.files.models import File
from terrain.search.text_of import PLAIN, READABLE
from terrain.search.words import Filed

PATIENCE = 30
"""Seconds that reading one may take, its process's start included."""
LARGEST = 100_000_000
"""Bytes of a file that is read."""
STEP = 50_000
"""Characters whose words are taken at once: PostgreSQL keeps 1 MB of words at most."""

PLAIN_NAMES = (".txt", ".csv", ".tsv", ".md")

FILED = "update search_filed set text = %(text)s, words = name || {words} where file_id = %(file)s"


def read(file: File) -> None:
    """Keep the words of a file's text; one that has none, or cannot be read, is found by its name alone."""
    kind = _kind(file)
    text = _text(file, kind) if kind in READABLE and file.size <= LARGEST else ""
    steps = [text[at : at + STEP] for at in range(0, len(text), STEP)] or [""]
    # Where all of it is more than PostgreSQL keeps, its beginning is found.
    for kept in (steps, steps[:1], []):
        words = " || ".join(f"search_words(%(s{n})s)" for n in range(len(kept))) or "''::tsvector"
        given = {f"s{n}": each for n, each in enumerate(kept)}
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(FILED.format(words=words), {**given, "text": "".join(kept), "file": file.pk})
            return
        except DataError:
            continue


def unread(most: int) -> list[File]:
    """Files that are whole and were not read yet."""
    waiting = Filed.unscoped.filter(text=None, file__is_whole=True).select_related("file").order_by("pk")
    return [each.file for each in waiting[:most]]


def _kind(file: File) -> str:
    """Its type; plain text has no sign of its own, and is known by its name."""
    return PLAIN if file.name.lower().endswith(PLAIN_NAMES) else file.type


def _text(file: File, kind: str) -> str:
    with tempfile.TemporaryFile() as copy:
        try:
            with default_storage.open(f"{file.uid}/whole") as content:
                copyfileobj(content, copy)
            copy.seek(0)
            done = subprocess.run(
                [sys.executable, "-m", "terrain.search.text_of", kind],
                stdin=copy,
                capture_output=True,
                timeout=PATIENCE,
                check=True,
            )
        except (subprocess.SubprocessError, OSError):
            return ""
    return done.stdout.decode("utf-8", "replace").replace("\0", " ")
