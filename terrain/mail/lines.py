"""The body of a mail as lines, be it text or HTML, and lines as clean HTML."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from terrain.web import markup

MOST = 5_000
"""Lines read of a body; what follows is left out."""

LONGEST = 20_000
"""Characters of a line; what follows is left out."""

DEEPEST = 8
"""Lists in lists, or marks of one word, that are kept."""

BLOCKS = {
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "blockquote",
    "table",
    "tr",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
}
BLOCKS |= {"center", "section", "article", "header", "footer", "dl", "dt", "dd", "fieldset", "address"}
INLINE = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "u": "u",
    "s": "s",
    "del": "s",
    "strike": "s",
}
INLINE |= {"code": "code"}
PARAGRAPHS = {"p", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}

# How programs mark what they quote, and what they sign with.
_quotes = re.compile(r"yahoo_quoted|OLK_SRC_BODY_SECTION|__QUOTED_TEXT__|__HEADERS__")
_cites = re.compile(r"\bcite\b|gmail_quote|protonmail_quote")
_signatures = re.compile(
    r"\bgmail_signature|moz-signature|ms-outlook-mobile-signature|protonmail_signature_block|composer_signature"
    r"|\b[Ss]ignature\b|__SIG_P|AppleMailSignature|bloop_sign"
)

_spaces = re.compile(r"[ \t\r\n\f]+")

_reader = nh3.Cleaner(
    tags=BLOCKS | set(INLINE) | {"a", "br", "img", "span", "font", "td", "th", "tbody", "thead", "body"},
    attributes={
        "*": {"class", "id", "type", "data-marker", "data-signatureblock"},
        "a": {"href"},
        "img": {"src", "data-emoji"},
        "ol": {"start"},
    },
    url_schemes=markup.SCHEMES | {"cid"},
    link_rel=None,
    clean_content_tags=markup.NEVER_WORDS | {"head"},
)


@dataclass
class Line:
    """A line: its words, its HTML, the lists that it stands in, and how its program marked it."""

    text: str = ""
    html: str = ""
    lists: tuple[tuple[int, str, int], ...] = ()
    """From the outermost: which list, its tag, which item of it."""
    quoted: bool = False
    set_in: bool = False
    """In a block that may quote, but that its writer may have set too."""
    signs: bool = False
    pictures: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Whether it holds no words."""
        return markup.is_empty(self.text)


def of_text(text: str) -> list[Line]:
    """The lines of plain text."""
    cut = (line[:LONGEST] for line in text.split("\n")[:MOST])
    return [Line(line, _paragraph(line), quoted=line.startswith(">")) for line in cut]


def _paragraph(line: str) -> str:
    return markup.from_text(line).removeprefix("<p>").removesuffix("</p>")


def of_html(html: str) -> list[Line]:
    """The lines of an HTML body as its reader sees them."""
    reading = _Reading()
    reading.feed(str(_reader.clean(html)))
    reading.close()
    for line in reading.lines:
        line.quoted = line.quoted or line.text.startswith(">")
    return reading.lines[:MOST]


class _Reading(HTMLParser):
    """Goes once through HTML that is already well formed."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = [Line()]
        self.open: list[tuple[str, bool]] = []
        """Of each open tag, its mark ("quote", "set in", "sign" or nothing), and whether it stands apart."""
        self.marked = Counter[str]()
        self.inline: list[tuple[str, str]] = []
        self.lists: list[tuple[int, str, int]] = []
        self.pre = 0
        self.counted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self._part()
        if tag == "br":
            self._end_line()
        elif tag == "img":
            self._picture(given)
        elif tag != "hr":
            self._open(tag, given)

    def _open(self, tag: str, given: dict[str, str]) -> None:
        self.counted += 1
        mark = _mark(tag, given)
        apart = tag in PARAGRAPHS and not given.get("class", "").startswith("Mso")
        self.open.append((mark, apart))
        self.marked[mark] += 1
        self.pre += tag == "pre"
        if tag in {"ul", "ol"}:
            self.lists.append((self.counted, tag, 0))
        elif tag == "li" and self.lists:
            self.lists[-1] = (*self.lists[-1][:2], self.counted)
        elif tag in {"td", "th"} and self.lines[-1].text:
            self._write(" | ")
        elif tag in INLINE:
            self.inline.append((tag, f"<{INLINE[tag]}>"))
        elif tag == "a":
            address = markup.escaped(given.get("href", "")).replace('"', "&quot;")
            self.inline.append((tag, f'<a href="{address}">' if address else "<a>"))
        if apart:
            self._stand_apart()

    def handle_endtag(self, tag: str) -> None:
        if tag in {"br", "img", "hr"} or not self.open:
            return
        mark, apart = self.open.pop()
        self.marked[mark] -= 1
        self.pre -= tag == "pre"
        if tag in BLOCKS:
            self._part()
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        elif tag in INLINE or tag == "a":
            self.inline.pop()
        elif apart:
            self._stand_apart()

    def handle_data(self, data: str) -> None:
        for number, piece in enumerate(data.split("\n") if self.pre else [_spaces.sub(" ", data)]):
            if number:
                self._end_line()
            self._write(piece)

    def _write(self, text: str) -> None:
        line = self.lines[-1]
        if not line.text:
            text = text.lstrip(" ")
            self._place(line)
        text = text[: LONGEST - len(line.text)]
        if text and len(self.lines) <= MOST:
            around = dict(self.inline[-DEEPEST:])
            opened = "".join(around.values())
            closed = "".join(f"</{INLINE.get(name, name)}>" for name in reversed(around))
            line.text += text
            line.html += f"{opened}{markup.escaped(text)}{closed}"

    def _picture(self, given: dict[str, str]) -> None:
        if emoji := given.get("data-emoji"):
            self._write(emoji)
        elif given.get("src", "").startswith("cid:"):
            self._place(self.lines[-1])
            self.lines[-1].pictures.append(given["src"].removeprefix("cid:"))

    def _place(self, line: Line) -> None:
        """Where the reading stands, written on the line that begins there."""
        line.quoted, line.set_in, line.signs = (self.marked[mark] > 0 for mark in ("quote", "set in", "sign"))
        line.lists = tuple(self.lists[:DEEPEST])

    def _end_line(self) -> None:
        if len(self.lines) <= MOST:
            self.lines.append(Line())
            self._place(self.lines[-1])

    def _part(self) -> None:
        """A block begins on a line of its own."""
        if self.lines[-1].text or self.lines[-1].pictures:
            self._end_line()

    def _stand_apart(self) -> None:
        """A paragraph has a blank line before and after it, but for Word's, which are lines, and those of a list."""
        if not self.lists:
            self._end_line()


def _mark(tag: str, given: dict[str, str]) -> str:
    """How a tag marks what is in it."""
    told = " ".join(given.get(name, "") for name in ("class", "id", "type", "data-marker"))
    if "data-signatureblock" in given or _signatures.search(told):
        return "sign"
    if _quotes.search(told) or (tag == "blockquote" and _cites.search(told)):
        return "quote"
    return "set in" if tag == "blockquote" else ""


def to_html(lines: Iterable[Line]) -> str:
    """Lines as HTML: a blank line parts paragraphs, lists are lists again."""
    html: list[str] = []
    paragraph: list[str] = []
    open_lists: list[tuple[int, str, int]] = []

    def end_paragraph() -> None:
        if paragraph:
            html.append(f"<p>{'<br>'.join(paragraph)}</p>")
            paragraph.clear()

    def leave(depth: int) -> None:
        while len(open_lists) > depth:
            html.append(f"</li></{open_lists.pop()[1]}>")

    for line in lines:
        if line.is_blank:
            end_paragraph()
            continue
        lists = [place for place in line.lists if place[2]]
        if not lists:
            leave(0)
            paragraph.append(line.html.strip())
            continue
        end_paragraph()
        shared = 0
        while shared < min(len(lists), len(open_lists)) and lists[shared][0] == open_lists[shared][0]:
            shared += 1
            if lists[shared - 1][2] != open_lists[shared - 1][2]:
                break
        leave(shared)
        if shared and lists[shared - 1][2] != open_lists[shared - 1][2]:
            html.append("</li><li>")
            open_lists[shared - 1] = lists[shared - 1]
        elif shared == len(lists):
            html.append("<br>")
        for place in lists[shared:]:
            html.append(f"<{place[1]}><li>")
            open_lists.append(place)
        html.append(line.html.strip())
    end_paragraph()
    leave(0)
    return markup.clean("".join(html))
