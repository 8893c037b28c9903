"""What people write, made safe to show: a short list of tags stays, what runs, styles or spies goes."""

import re
from html import unescape

import nh3

TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "s",
    "u",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "h2",
    "h3",
    "h4",
    "hr",
}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
SCHEMES = {"http", "https", "mailto", "tel"}
SAME = {"b": "strong", "i": "em", "h1": "h2", "del": "s", "strike": "s", "div": "p"}
READ_AGAIN = 8
"""What has not settled after as many readings keeps its words alone."""

_same = re.compile(r"<(/?)(" + "|".join(SAME) + r")(?=[\s>/])", re.IGNORECASE)
# A browser drops a line's end right after <pre>, each time that it reads it.
_begun = re.compile(r"<pre>\n+")
_blocks = re.compile(r"</(?:p|li|h[2-4]|blockquote|pre|tr|ul|ol|table)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_opened = re.compile(r"<(?:p|h[2-4]|blockquote|pre|ul|ol|table)(?=[\s>])[^>]*>", re.IGNORECASE)
_begins_within = re.compile(r"(?<=[^\n\x02])\x02+")
_cells = re.compile(r"</t[dh]>\s*<t[dh][^>]*>", re.IGNORECASE)
_paragraphs = re.compile(r"</p>\s*<p>", re.IGNORECASE)
_tags = re.compile(r"<[^>]*>")
_address = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]}»’]")
_breaks = re.compile(r"[ \t\r\n\f\v]+")
_nothing = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad]*")
_forbidden = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

NEVER_WORDS = {"script", "style", "template", "svg", "math", "noscript", "iframe", "object", "title"}
"""Tags of which nothing inside is words."""

_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    link_rel="noopener noreferrer nofollow",
    strip_comments=True,
    clean_content_tags=NEVER_WORDS,
)


def clean(html: str) -> str:
    """HTML from an editor or an archive with only what a message may carry; cleaning twice changes nothing."""
    for _ in range(READ_AGAIN):
        before, html = html, _read(html)
        if html == before:
            return html
    return from_text(to_text(html))


def _read(html: str) -> str:
    """As a browser reads it: tags that are badly nested may come out otherwise than they went in."""
    ours = _same.sub(lambda tag: f"<{tag[1]}{SAME[tag[2].lower()]}", html)
    return _begun.sub("<pre>", str(_cleaner.clean(ours))).strip()


def from_text(text: str) -> str:
    """Plain text as HTML: a blank line parts paragraphs, a line's end stays one, web addresses become links."""
    paragraphs = [
        part for part in re.split(r"\n[ \t]*\n\s*", text.replace("\r\n", "\n").strip("\n")) if part.strip()
    ]
    return "".join(f"<p>{_linked(part)}</p>" for part in paragraphs)


def _linked(text: str) -> str:
    if "://" not in text:
        return escaped(text).replace("\n", "<br>")
    html, end = [], 0
    for found in _address.finditer(text):
        address = escaped(found[0])
        html.append(escaped(text[end : found.start()]))
        html.append(f'<a href="{address}" rel="noopener noreferrer nofollow">{address}</a>')
        end = found.end()
    html.append(escaped(text[end:]))
    return "".join(html).replace("\n", "<br>")


def escaped(text: str) -> str:
    """Text as HTML writes it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")


def to_text(html: str) -> str:
    """The words of clean HTML, a line a block, a blank line between paragraphs, a bar between the cells of a row."""
    text = _cells.sub(" | ", _paragraphs.sub("\n\n", html))
    text = _tags.sub("", _opened.sub("\x02", _blocks.sub("\n", text)))
    # A block within another, as a list in a list, begins a line too.
    return unescape(_begins_within.sub("\n", text).replace("\x02", "")).strip("\n")


def on_one_line(text: str) -> str:
    """The words with one space between them; a space that does not break, as French has them, stays what it is."""
    return _breaks.sub(" ", text).strip()


def is_empty(text: str) -> bool:
    """Whether there is nothing to read: only spaces and marks that do not show."""
    return _nothing.fullmatch(text) is not None


def is_binary(text: str) -> bool:
    """Whether it holds characters that no text has, as a file pasted into a field does."""
    return _forbidden.search(text) is not None
