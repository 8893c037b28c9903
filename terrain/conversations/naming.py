"""What a message names: people by @, topics by #, found in its words and kept in it as links."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import quote

from terrain.web import markup

LONGEST_TOPIC = 60
_pieces = re.compile(r"(<[^>]*>)")
_person = re.compile(r'<a href="/people/(\d{1,12})"')
_ours = re.compile(r'<a href="/(?:people/\d{1,12}|topics/[^"/]*)"[^>]*>(.*?)</a>', re.DOTALL)
_verbatim = re.compile(r"<(/?)(pre|code)\b")
_apostrophes = str.maketrans("’ʼ`", "'''")


def folded(text: str) -> str:
    """A name or a topic as it is compared: capitals, accents and the sort of apostrophe aside."""
    apart = unicodedata.normalize("NFKD", text.translate(_apostrophes)).casefold()
    return unicodedata.normalize("NFC", "".join(each for each in apart if not "\u0300" <= each <= "\u036f"))


class Piece(NamedTuple):
    """A part of clean HTML: a tag, words in which something may be named, or words chosen as a link to somebody."""

    html: str
    words: str | None = None
    """The words alone, of what is no tag; None for a tag, and for what stands verbatim or in another link."""
    chosen: int | None = None
    """The person whose page a link leads to, whose words begin with @."""


def pieces(html: str) -> Iterator[Piece]:
    """Clean HTML, piece by piece; links that named something before are words again, but for people chosen."""
    verbatim = linked = 0
    for part in _pieces.split(_ours.sub(_named_before, html)):
        if part.startswith("<"):
            if found := _verbatim.match(part):
                verbatim += -1 if found[1] else 1
            linked += part.startswith("<a") - (part == "</a>")
            yield Piece(part)
        elif verbatim or linked:
            yield Piece("".join(each.html for each in _chosen(part)))
        else:
            yield from _chosen(part)


def _named_before(link: re.Match[str]) -> str:
    words = re.sub(_pieces, "", link[1])
    person = _person.match(link[0])
    return f"\x02{person[1]}\x03{words}\x02" if person and words.startswith("@") else words


def _chosen(words: str) -> Iterator[Piece]:
    # No clean text holds these marks.
    for number, part in enumerate(words.split("\x02")):
        person, mark, name = part.partition("\x03")
        if number % 2 and mark and person.isdigit():
            yield Piece(name, unescape(name), int(person))
        elif part:
            yield Piece(part, unescape(part))


def unlinked(html: str) -> str:
    """Clean HTML with what it names as words alone."""
    return _ours.sub(lambda link: re.sub(_pieces, "", link[1]), html)


def names_something(html: str) -> bool:
    """Whether it may name anybody or anything: most messages do not."""
    return "@" in html or "#" in html or _ours.search(html) is not None


def after(sign: str, words: str) -> Iterator[int]:
    """Where a name may begin: right after the sign, where that begins a word."""
    for found in re.finditer(re.escape(sign), words):
        before = words[found.start() - 1] if found.start() else " "
        if not (_is_of_a_topic(before) or before in "@#&/.:"):
            yield found.end()


def topic_at(words: str, start: int) -> str:
    """The topic that begins there: letters of any script, digits, - and _, a letter among them; else nothing."""
    end = start
    while end < len(words) and _is_of_a_topic(words[end]) and end - start < LONGEST_TOPIC:
        end += 1
    word = words[start:end].rstrip("-_")
    return word if any(unicodedata.category(each)[0] == "L" for each in word) else ""


def _is_of_a_topic(character: str) -> bool:
    return unicodedata.category(character)[:1] in "LM" or character.isdigit() or character in "-_"


class Found(NamedTuple):
    """Something named in words: from where to where, and the address that it leads to."""

    start: int
    end: int
    address: str


def linked(words: str, found: list[Found]) -> str:
    """These words as HTML, with links where something is named."""
    html, end = "", 0
    for each in sorted(found):
        if each.start >= end:
            html += markup.escaped(words[end : each.start]) + link(each.address, words[each.start : each.end])
            end = each.end
    return html + markup.escaped(words[end:])


def link(address: str, words: str) -> str:
    """A link as clean HTML has it."""
    return f'<a href="{address}" rel="noopener noreferrer nofollow">{markup.escaped(words)}</a>'


def topic_address(name: str) -> str:
    """The address of a topic."""
    return f"/topics/{quote(folded(name))}"
