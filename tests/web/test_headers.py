"""What the browser is told not to do, and that no page asks for anything from elsewhere."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import override_settings

from terrain.conversations.editing import edit
from terrain.conversations.opening import open_conversation
from tests.cast import Cast

LOADS = {("a", "href"), ("form", "action"), ("button", "formaction")}
"""What a reader follows by their own will; every other address in a page is asked for by the page."""


class Addresses(HTMLParser):
    """What a page asks for by itself, and what would run or style inline."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.sent: list[str] = []
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note each address and each style or script in this tag."""
        names = dict(attrs)
        for name, value in attrs:
            if name in ("src", "href", "action", "formaction", "poster", "data", "srcset") and value:
                if (tag, name) == ("a", "href"):
                    continue
                (self.sent if (tag, name) in LOADS else self.loaded).append(value)
            if name == "style" or name.startswith("on"):
                self.inline.append(f"<{tag} {name}>")
        if tag == "style" or (tag == "script" and "src" not in names):
            self.inline.append(f"<{tag}>")


def pages(cast: Cast) -> list[str]:
    """One address of every sort of page."""
    spoken = open_conversation(
        cast.open, cast.loic, '<p>Voir <a href="https://elsewhere.example/a.png">ici</a></p>'
    )
    edit(cast.first(cast.in_open), cast.samira, "<p>Autrement.</p>")
    first = cast.first(cast.in_open).pk
    return [
        *("/", "/spaces", "/spaces/new", "/spaces/names?name=Vie+de+l’atelier", f"/spaces/{cast.open.pk}"),
        *(f"/spaces/{cast.closed.pk}/members?q=ines", f"/conversations/{spoken.pk}", "/posts/new"),
        *(f"/conversations/{cast.in_open.pk}", f"/messages/{first}/edit", f"/messages/{first}/edits"),
        *("/people", f"/units/{cast.workshop.pk}", f"/people/{cast.loic.pk}", "/me", "/settings", "/nowhere"),
    ]


DOOR = ["/enter", "/enter/password", "/enter/no-such-token"]


def test_no_page_asks_for_anything_from_another_host(cast: Cast) -> None:
    inside, outside = cast.client(cast.samira), cast.client()
    asked = [(inside, path) for path in pages(cast)] + [(outside, path) for path in DOOR]
    for client, path in asked:
        answer = client.get(path)
        assert answer.status_code in (200, 404, 410), path
        found = Addresses(answer.content.decode())
        assert [each for each in found.loaded + found.sent if urlsplit(each).netloc] == [], path
        assert found.inline == [], path


def test_every_page_has_the_policy_and_none_lets_anything_inline_run(cast: Cast) -> None:
    client = cast.client(cast.samira)
    for path in [*pages(cast), *DOOR, "/health"]:
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        assert policy.startswith("default-src 'self';"), path
        for rule in ("object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"):
            assert rule in policy, path


def test_the_policy_lets_a_page_speak_to_this_terrain_alone(cast: Cast) -> None:
    answer = cast.client(cast.samira).get("/", headers={"Host": "intranet.example:8000"})
    hosts = re.findall(r"\bhttps?://[^\s;/]+", answer.headers["Content-Security-Policy"])
    assert hosts == [f"http://intranet.example:{settings.LIVE_PORT}"]
    assert f'content="{hosts[0]}/live"' in answer.content.decode()


@override_settings(LIVE_URL="https://intranet.example/live")
def test_a_stream_behind_a_proxy_is_found_where_it_is_set(cast: Cast) -> None:
    answer = cast.client(cast.samira).get("/")
    assert answer.headers["Content-Security-Policy"].endswith(
        "connect-src 'self' https://intranet.example/live"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_nothing_is_guessed_or_told_elsewhere(cast: Cast, name: str, value: str) -> None:
    assert cast.client().get("/enter").headers[name] == value


def test_links_that_people_write_tell_nothing_of_where_they_are(cast: Cast) -> None:
    conversation = open_conversation(
        cast.open, cast.loic, '<p><a href="https://a.example" rel="noopener noreferrer nofollow">a</a></p>'
    )
    page = cast.client(cast.samira).get(f"/conversations/{conversation.pk}").content.decode()
    links = re.findall(r"<a [^>]*https://a\.example[^>]*>", page)
    assert links
    assert all('rel="noopener noreferrer nofollow"' in each for each in links)


def test_no_style_or_script_of_ours_names_another_host() -> None:
    source = Path(settings.ROOT) / "web" / "static" / "web"
    ours = [*source.glob("*.css"), *source.glob("*.js")]
    assert ours
    for path in ours:
        named = re.findall(r"(?:url\(|import\(?|from)\s*[\"']?(https?:)?//[^\"')]+", path.read_text())
        assert named == [], path.name
