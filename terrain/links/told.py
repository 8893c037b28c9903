"""What a page tells of itself: its title, a sentence, a picture."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from terrain.links.fetching import Fetched
from terrain.web import markup

LONGEST_TITLE, LONGEST_SENTENCE = 160, 300
TITLES = ("og:title", "twitter:title")
SENTENCES = ("og:description", "description", "twitter:description")
PICTURES = ("og:image:secure_url", "og:image", "twitter:image")


@dataclass(frozen=True)
class Told:
    """`picture` is an address, "" where there is none."""

    title: str
    sentence: str
    picture: str


class _Head(HTMLParser):
    """Reads the head of a page: what its `meta` say, by their names, and its title."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.metas: dict[str, str] = {}
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = (given.get("property") or given.get("name") or "").lower()
        if tag == "meta" and name and "content" in given:
            self.metas.setdefault(name, given["content"])
        self._in_title = tag == "title" and not self.title

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


@dataclass
class _Page:
    head: _Head = field(default_factory=_Head)

    def first(self, *names: str) -> str:
        return next((found for name in names if (found := self.head.metas.get(name, "").strip())), "")


def told(fetched: Fetched) -> Told | None:
    """What a page that was fetched tells of itself; None where it is no page, or tells nothing."""
    if fetched.type not in ("text/html", "application/xhtml+xml"):
        return None
    page = _Page()
    page.head.feed(_text(fetched))
    title = _line(page.first(*TITLES) or page.head.title, LONGEST_TITLE)
    if not title:
        return None
    picture = page.first(*PICTURES)
    return Told(
        title,
        _line(page.first(*SENTENCES), LONGEST_SENTENCE),
        urljoin(fetched.address, picture) if picture else "",
    )


def _text(fetched: Fetched) -> str:
    declared = fetched.charset
    if not declared and b"charset=" in fetched.body[:2048].lower():
        after = fetched.body[:2048].lower().split(b"charset=", 1)[1].lstrip(b"\"' ")
        declared = (
            after[:20].split(b'"')[0].split(b"'")[0].split(b">")[0].decode("ascii", "replace").strip(" /;")
        )
    try:
        return fetched.body.decode(declared or "utf-8", "replace")
    except LookupError:
        return fetched.body.decode("utf-8", "replace")


def _line(text: str, most: int) -> str:
    line = markup.on_one_line("".join(each for each in text if each.isprintable() or each.isspace()))
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"
