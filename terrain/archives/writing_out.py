"""Writing an archive: beside its name first, then in its place, so that no half of one is ever there."""

import gzip
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from django.db import connection, transaction

from terrain.archives.scope import everything, scope_of
from terrain.archives.telling import records
from terrain.people.models import Person

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write_out(path: Path, *, person: Person | None = None) -> Counter[str]:
    """Write everything, or what `person` may read, into this file; how many records of each type there are.

    The same records give the same bytes. A file of that name is replaced.
    """
    counts: Counter[str] = Counter()
    with _one_moment(), _file(path) as file:
        for record in records(scope_of(person) if person else everything()):
            file.write(_as_json(record).encode() + b"\n")
            counts[str(record["type"])] += 1
            counts["reply"] += "reply_to" in record
    del counts["archive"]
    return +counts


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read in the block is as it was at its beginning, whatever is written meanwhile."""
    is_inside = connection.in_atomic_block
    with transaction.atomic():
        if not is_inside:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
        yield


@contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    """The file to write into, readable by its owner alone; it takes its name once it is whole."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if path.suffix == ".gz":
                # Neither name nor hour in it: the same records give the same bytes.
                with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
                    yield cast("BinaryIO", packed)
            else:
                yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
