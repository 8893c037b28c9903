"""Takes the text out of files, in a process of its own with little memory and time: whatever one holds harms nobody.

`python -m terrain.search.text_of TYPE` prints the text of the file on the standard input. Of an office file only the
parts that hold words are unpacked, each up to a bound; nothing in it is run, fetched or resolved. Ends with 1 where it
cannot be read.
"""

import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO
from xml.parsers import expat

MEMORY = 1_500_000_000
"""Bytes of address space."""
SECONDS = 15
MOST = 300_000
"""Characters that are kept."""
MOST_PART = 40_000_000
"""Bytes of one part of an office file, unpacked."""
MOST_PAGES = 500
BLOCK = 65_536

PDF, PLAIN = "application/pdf", "text/plain"
OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
PARTS = {
    OPEN_XML
    + "wordprocessingml.document": r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml",
    OPEN_XML + "spreadsheetml.sheet": r"xl/(?:sharedStrings|workbook|worksheets/sheet\d+)\.xml",
    OPEN_XML + "presentationml.presentation": r"ppt/(?:slides/slide|notesSlides/notesSlide)\d+\.xml",
    OPEN_DOCUMENT + "text": r"content\.xml",
    OPEN_DOCUMENT + "spreadsheet": r"content\.xml",
    OPEN_DOCUMENT + "presentation": r"content\.xml",
}
"""The parts of each sort of office file that hold words."""
HOLDS_WORDS = {"t", "p", "h", "span", "a", "delText"}
"""The elements whose characters are words: of Open XML `t`, of OpenDocument paragraphs and what is in them."""
ENDS_A_WORD = {"p", "h", "br", "tab", "si", "is", "tc", "line-break", "s", "table-cell"}
READABLE = (PDF, PLAIN, *PARTS)


def main(kind: str) -> int:
    """Print the text of the standard input, a file of this type."""
    _bound()
    try:
        text = "".join(_first(_text(kind, sys.stdin.buffer)))
    except (Unreadable, zipfile.BadZipFile, expat.ExpatError, MemoryError, ValueError, OSError, RuntimeError):
        return 1
    except (NotImplementedError, EOFError, KeyError):
        return 1
    sys.stdout.buffer.write(re.sub(r"\s+", " ", text).strip().encode("utf-8", "ignore"))
    return 0


class Unreadable(Exception):
    """There is no text that can be taken out of it."""


def _first(pieces: Iterator[str]) -> Iterator[str]:
    """As many of the pieces as are kept."""
    length = 0
    for piece in pieces:
        yield piece[: MOST - length]
        length += len(piece)
        if length >= MOST:
            return


def _text(kind: str, content: IO[bytes]) -> Iterator[str]:
    if kind == PDF:
        return _pages(content)
    if kind in PARTS:
        return _parts(content, re.compile(PARTS[kind]))
    if kind == PLAIN:
        return iter([_decoded(content.read(4 * MOST))])
    raise Unreadable


def _pages(content: IO[bytes]) -> Iterator[str]:
    import pypdfium2  # Bounds come first.

    try:
        document = pypdfium2.PdfDocument(content)
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            yield page.get_textpage().get_text_bounded() + "\n"
            page.close()
    except pypdfium2.PdfiumError as fault:
        raise Unreadable from fault


def _parts(content: IO[bytes], wanted: re.Pattern[str]) -> Iterator[str]:
    with zipfile.ZipFile(content) as zipped:
        names = [each.filename for each in zipped.infolist() if wanted.fullmatch(each.filename)]
        for name in sorted(names, key=lambda each: (len(each), each)):
            with zipped.open(name) as part:
                yield from _words(part)


def _words(part: IO[bytes]) -> Iterator[str]:
    """The words of one part, read piece by piece; one that declares entities is refused."""
    found: list[str] = []
    inside: list[bool] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def begin(name: str, _attributes: object) -> None:
        inside.append(name.rpartition("}")[2] in HOLDS_WORDS)

    def end(name: str) -> None:
        inside.pop()
        if name.rpartition("}")[2] in ENDS_A_WORD:
            found.append(" ")

    def said(text: str) -> None:
        if inside and inside[-1]:
            found.append(text)

    def declared(*_: object) -> None:
        raise Unreadable

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, said
    parser.EntityDeclHandler = declared
    parser.StartDoctypeDeclHandler = declared
    read = 0
    while (block := part.read(BLOCK)) and read < MOST_PART:
        read += len(block)
        parser.Parse(block, False)
        yield "".join(found)
        found.clear()
    yield " "


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        raise Unreadable
    with suppress(UnicodeDecodeError):
        return content.decode("utf-8-sig")
    return content.decode("cp1252", "replace")


def _bound() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(OSError, ValueError):  # macOS bounds no address space.
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
