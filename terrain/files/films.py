"""Films: which they are, and taking out of them where they were taken."""

import re
from typing import IO

HEADS = (
    (re.compile(rb"\x1a\x45\xdf\xa3.{0,60}webm", re.DOTALL), "video/webm"),
    (re.compile(rb"....ftypqt  ", re.DOTALL), "video/quicktime"),
    (re.compile(rb"....ftyp(?:iso\w|mp4\d|avc1|M4V |MSNV|dash|3gp\d)", re.DOTALL), "video/mp4"),
)
BOXED = {"video/quicktime", "video/mp4"}
BOX = 8
"""Bytes that begin a box of ISO 14496-12: its size, then its name; a size of 1 is said in the 8 bytes after."""
LONGEST_INDEX = 32_000_000
"""Bytes of the box that describes a film: of a hundred megabytes it takes less than one."""

# Where a telephone writes where it is: as ISO 6709, "+45.7640+004.8357+175.2/", or in a box for it.
PLACE = re.compile(rb"[+-]\d{2}\.\d{2,}[+-]\d{3}\.\d{2,}(?:[+-]\d+(?:\.\d+)?)?(?:CRS\w*)?/")
PLACE_BOX = re.compile(rb"(....)(\xa9xyz|loci)", re.DOTALL)


def film(head: bytes) -> str | None:
    """The type of the film that begins so; None for what is none that a browser shows."""
    return next((kind for begins, kind in HEADS if begins.match(head)), None)


def forget_place(content: IO[bytes]) -> None:
    """Write over where a film was taken, in the file itself, which keeps its size; the film is as it was."""
    for at, size in _boxes(content):
        content.seek(at)
        index = content.read(size)
        content.seek(at)
        content.write(_without_place(index))


def _boxes(content: IO[bytes]) -> list[tuple[int, int]]:
    """Where each box that describes the film is, and its size in bytes."""
    end, at, found = content.seek(0, 2), 0, []
    while at + BOX <= end:
        content.seek(at)
        head = content.read(2 * BOX)
        size, name = int.from_bytes(head[:4], "big"), head[4:8]
        if size == 1:
            size = int.from_bytes(head[8:16], "big")
        size = size or end - at
        if size < BOX:
            break
        if name in (b"moov", b"meta") and size <= LONGEST_INDEX:
            found.append((at, min(size, end - at)))
        at += size
    return found


def _without_place(index: bytes) -> bytes:
    """The same as long, each place blank."""
    blank = bytearray(PLACE.sub(lambda said: b" " * len(said[0]), index))
    for said in PLACE_BOX.finditer(index):
        size = int.from_bytes(said[1], "big")
        if BOX <= size <= len(index) - said.start():
            blank[said.start(2) : said.end(2)] = b"free"
            blank[said.end(2) : said.start() + size] = bytes(size - BOX)
    return bytes(blank)
