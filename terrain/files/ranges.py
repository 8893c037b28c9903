"""A part of a file, for who plays it from the middle (RFC 9110, section 14): one range of bytes."""

import re
from collections.abc import Iterator
from typing import IO, Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

ASKED = re.compile(r"bytes=(\d*)-(\d*)$")
AT_ONCE = 64 * 1024


def part(
    content: IO[bytes], size: int, asked: str, kind: str, headers: dict[str, Any]
) -> HttpResponseBase | None:
    """The part of `content` (`size` bytes) that the header `asked` for; None where the whole is to be sent."""
    found = ASKED.match(asked.strip())
    if not found or found[0] == "bytes=-":
        return None
    first, last = _span(found[1], found[2], size)
    if first > last:
        content.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    told = headers | {
        "Content-Range": f"bytes {first}-{last}/{size}",
        "Content-Length": str(last - first + 1),
    }
    return StreamingHttpResponse(
        _read(content, first, last + 1),
        status=206,
        content_type=kind,
        headers=told | {"Accept-Ranges": "bytes"},
    )


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size, size - 1)


def _read(content: IO[bytes], at: int, until: int) -> Iterator[bytes]:
    with content:
        content.seek(at)
        while at < until and (some := content.read(min(AT_ONCE, until - at))):
            at += len(some)
            yield some
