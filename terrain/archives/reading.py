"""Reading an archive line by line: plain or gzip, whichever it is by its first bytes, never whole in memory."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from terrain.archives.refusing import Refused, Unreadable

LONGEST_LINE = 10_000_000
GZIP = b"\x1f\x8b"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
BLOCK = 1 << 18
TELL_EVERY = 500

Record = dict[str, object]
Progress = Callable[[str, int, int], None]
"""Is told what is being done, "reading" or "writing", how much of it is done, and of how much."""


def records(path: Path, progress: Progress | None) -> Iterator[tuple[int, Record | Refused]]:
    """Each line's number, from 1, and its record, or why it is none; empty lines are passed over.

    Raises Unreadable where the file ends in the middle of its compression, or is damaged.
    """
    size = path.stat().st_size
    number = 0
    with path.open("rb", buffering=BLOCK) as file:
        try:
            for number, line in enumerate(_lines(_plain(file)), 1):
                if number == 1:
                    line = line.removeprefix(BYTE_ORDER_MARK)
                if line.strip():
                    yield number, _record(line)
                if progress and number % TELL_EVERY == 0:
                    progress("reading", min(file.tell(), size), size)
        except EOFError:
            raise Unreadable(number + 1, "the file ends in the middle: it was not copied whole") from None
        except (gzip.BadGzipFile, zlib.error) as fault:
            raise Unreadable(number + 1, f"the file is damaged: {fault}") from None
    if progress:
        progress("reading", size, size)


def _plain(file: BinaryIO) -> BinaryIO:
    """What the file holds, unpacked if it is gzip."""
    begins = file.read(2)
    file.seek(0)
    return cast("BinaryIO", gzip.open(file, "rb")) if begins == GZIP else file


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines; of one that is too long, as many bytes as show that it is."""
    while line := file.readline(LONGEST_LINE + 1):
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE + 1)
        yield line


def _record(line: bytes) -> Record | Refused:
    if len(line) > LONGEST_LINE:
        return Refused(f"this line is longer than {LONGEST_LINE:,} bytes")
    try:
        record = json.loads(line.decode())
    except UnicodeDecodeError:
        return Refused("this line is not UTF-8 text")
    except (ValueError, RecursionError) as fault:
        return Refused(f"this line is not JSON: {fault}")
    if not isinstance(record, dict):
        return Refused("this line is not a JSON object")
    return record
