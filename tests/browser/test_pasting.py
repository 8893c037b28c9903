"""What is pasted from Word, Outlook, Google Docs, LibreOffice and pages: what one saw stays, the rest does not come in.

`pasted/*.html` is what these programs put on the clipboard, `pasted/*.kept` what must come out of the editor. With
TERRAIN_PASTED=1 the latter are written anew, to be read before they are kept.
"""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from terrain.web import markup
from tests.browser.conftest import Site, opened

pytestmark = pytest.mark.browser

PASTED = sorted((Path(__file__).parent / "pasted").glob("*.html"))
POISON = re.compile(
    r"<(?:script|style|img|iframe|svg|math|form|input|button|o:p|v:|w:|xml|font|meta|del|ins)\b|javascript:|data:"
    r"|cid:|file:|mso-|docs-internal|onclick|onerror|onload|onmouse|<!|StartFragment|\[if|alert\(|x_Mso|class=|style=",
    re.IGNORECASE,
)
COPY = """html => document.addEventListener("copy", event => {
    event.clipboardData.setData("text/html", html)
    event.clipboardData.setData("text/plain", "in plain text")
    event.preventDefault()
}, { once: true, capture: true })"""


@pytest.fixture(scope="module")
def writing(browser: Browser, site: Site) -> Iterator[Page]:
    """A page where one writes; one for all that is pasted."""
    with ExitStack() as stack:
        complaints: list[str] = []
        page = opened(stack, browser, site, "Florence Delmas", complaints)
        page.goto("/posts/new?draft=")
        page.locator("rich-text textarea").focus()
        expect(page.locator("rich-text .writing")).to_be_visible()
        yield page
        assert complaints == []


def paste(page: Page, html: str) -> str:
    """Copy, as the other program does, and paste, by the keyboard; what is sent with the form then."""
    page.evaluate("document.querySelector('rich-text').value = ''")
    page.locator("rich-text .writing").click()
    page.evaluate(COPY, html)
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")
    page.wait_for_function("document.querySelector('rich-text').value !== ''", timeout=5000)
    return str(page.evaluate("document.querySelector('rich-text').value"))


def words(html: str) -> list[str]:
    return re.findall(r"\w+", markup.to_text(html))


@pytest.mark.parametrize("path", PASTED, ids=lambda path: path.stem)
def test_what_is_pasted_comes_out_clean(writing: Page, path: Path) -> None:
    kept = path.with_suffix(".kept")
    came_out = paste(writing, path.read_text())
    if os.environ.get("TERRAIN_PASTED") == "1":
        kept.write_text(came_out.replace("</p><", "</p>\n<").replace("</li><", "</li>\n<") + "\n")
    assert came_out == kept.read_text().replace("\n<", "<").rstrip("\n")
    assert not POISON.search(came_out)


@pytest.mark.parametrize("path", PASTED, ids=lambda path: path.stem)
def test_the_server_holds_it_whoever_sends_it(path: Path) -> None:
    """A program that sends what was on the clipboard as it was gets nothing through either, and loses no word."""
    came_in = markup.clean(path.read_text())
    assert not POISON.search(came_in)
    assert markup.clean(came_in) == came_in
    kept = path.with_suffix(".kept").read_text()
    came_through = markup.to_text(came_in)
    assert [word for word in words(kept) if word not in came_through] == []
    came_out = kept.replace("\n<", "<").rstrip("\n")
    settled = markup.clean(came_out).replace(' rel="noopener noreferrer nofollow"', "")
    assert settled.replace("&nbsp;", "\u00a0") == came_out
