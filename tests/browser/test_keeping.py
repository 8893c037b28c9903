"""What somebody writes is kept by the server as they write it, whatever happens to their browser."""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import psutil
import pytest
from playwright.sync_api import APIResponse, Browser, Page, Response, Route, expect

from tests.browser.conftest import NAMES, PHONE, WIDE, Open, Site

pytestmark = pytest.mark.browser

KILLS, AT_ONCE = 200, 20
LOST_AT_MOST = 5.0
"""Seconds of writing that may be gone with a browser that is killed."""
TYPE = "word => document.execCommand('insertText', false, word)"
WHO = "Priya Nair"


def is_kept(answer: Response) -> bool:
    return answer.url.endswith("/drafts") and answer.status == 200


def editor(page: Page) -> Any:
    """Where one writes, once it is there."""
    page.locator("rich-text textarea, rich-text .writing").first.focus()
    written = page.locator("rich-text .writing")
    expect(written).to_be_visible()
    return written


def test_the_text_is_found_again_on_another_device(visit: Open) -> None:
    laptop = visit(WHO)
    laptop.goto("/posts/new")
    editor(laptop).press_sequentially("The probe of the sealer, again")
    with laptop.expect_response(is_kept):
        laptop.get_by_label("A title, if it has one").fill("The probe")
    note = laptop.locator("[data-keep]")
    expect(note).to_contain_text("Kept at")
    telephone = visit(WHO, **PHONE)
    telephone.goto("/posts/new")
    expect(telephone.locator("rich-text .writing")).to_have_text("The probe of the sealer, again")
    expect(telephone.get_by_label("A title, if it has one")).to_have_value("The probe")
    telephone.get_by_role("button", name="discard").click()
    expect(telephone.get_by_label("A title, if it has one")).to_have_value("")
    telephone.goto("/drafts")
    expect(telephone.locator("main")).to_contain_text("Nothing is begun.")


def test_going_to_another_page_keeps_what_was_just_written(visit: Open) -> None:
    page = visit(WHO)
    page.goto("/posts/new")
    editor(page).press_sequentially("Not a second has passed")
    with page.expect_response(is_kept):
        page.get_by_role("link", name="Feed").first.click()
    page.goto("/drafts")
    expect(page.locator("main")).to_contain_text("Not a second has passed")
    page.get_by_role("link", name="Go on").click()
    written = page.locator("rich-text .writing")
    expect(written).to_have_text("Not a second has passed")
    written.press_sequentially(", nor two.")
    page.locator("select[name=space]").select_option(label="Atelier 2")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".message .prose")).to_contain_text("Not a second has passed, nor two.")
    page.goto("/drafts")
    expect(page.locator("main")).to_contain_text("Nothing is begun.")


def test_what_was_published_on_another_device_is_not_lost_on_this_one(visit: Open) -> None:
    laptop, telephone = visit(WHO), visit(WHO, **PHONE)
    laptop.goto("/posts/new")
    with laptop.expect_response(is_kept):
        editor(laptop).press_sequentially("First")
    telephone.goto("/posts/new")
    telephone.locator("select[name=space]").select_option(label="Atelier 2")
    telephone.get_by_role("button", name="Publish").click()
    expect(telephone.locator(".message .prose")).to_contain_text("First")
    with laptop.expect_response(is_kept):
        laptop.locator("rich-text .writing").press_sequentially(" and second")
    telephone.goto("/posts/new")
    expect(telephone.locator("rich-text .writing")).to_have_text("First and second")
    telephone.get_by_role("button", name="discard").click()
    expect(telephone.locator("rich-text textarea")).to_have_value("")


def test_what_is_published_is_not_begun_anew_by_the_note_sent_with_it(visit: Open) -> None:
    page, another = visit(WHO), visit(WHO)
    page.goto("/posts/new")
    with page.expect_response(is_kept):
        editor(page).press_sequentially("Said once")
    page.locator("select[name=space]").select_option(label="Atelier 2")
    held: list[Route] = []
    published: list[APIResponse] = []

    def keep_last(route: Route) -> None:
        if published:
            route.continue_()
        else:
            held.append(route)

    def publish_first(route: Route) -> None:
        """Write the message before anything that was sent with it is kept, and tell the page of that first."""
        published.append(route.fetch(max_redirects=0))
        for each in held:
            each.fulfill(response=each.fetch())
        route.fulfill(response=published[0])

    page.route("**/drafts", keep_last)
    page.route("**/posts/new", publish_first)
    page.locator("rich-text .writing").press_sequentially(" and for all")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".message .prose")).to_contain_text("Said once and for all")
    assert held
    assert published
    page.wait_for_load_state("networkidle")
    another.goto("/drafts")
    expect(another.locator("main")).to_contain_text("Nothing is begun.")


@dataclass
class Written:
    """What somebody writes in one page, until its browser is killed: words, and pauses of their own."""

    page: Page
    number: int
    key: str = ""
    words: list[tuple[float, str]] = field(default_factory=list)

    def begin(self) -> None:
        editor(self.page)
        self.key = self.page.locator("main form input[name=key]").input_value()

    def write(self, turn: int) -> None:
        """One word; each page begins at its own moment, and every third one rests now and then."""
        rests = self.number % 3 == 0 and turn % 10 in (5, 6, 7, 8, 9)
        if turn >= self.number % 7 and not rests:
            word = f"w{turn:02} "
            self.page.evaluate(TYPE, word)
            self.words.append((time.monotonic(), word))

    def before(self, moment: float) -> str:
        return "".join(word for at, word in self.words if at < moment).rstrip()


@contextmanager
def at_work(browser: Browser, site: Site, state: Any) -> Iterator[list[Written]]:
    """Twenty pages of one person in a Chromium of their own, whose processes are killed at the end, all at once."""
    own = browser.browser_type.launch(
        executable_path=shutil.which(next(filter(shutil.which, NAMES))), args=["--no-sandbox"]
    )
    asked = own.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    parent = psutil.Process(next(each["id"] for each in asked if each["type"] == "browser"))
    pages = [
        own.new_context(base_url=site.address, storage_state=state, **WIDE).new_page() for _ in range(AT_ONCE)
    ]
    try:
        yield [Written(page, number) for number, page in enumerate(pages)]
    finally:
        for process in [parent, *parent.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()


def kept(site: Site, written: Sequence[Written]) -> dict[str, str]:
    """The text that the server has, by the name of its form; discarded then."""
    found = site.told(f"""
from terrain.drafts.models import Draft
from terrain.web import markup
own = Draft.objects.filter(key__in={[each.key for each in written]})
answer = {{str(each.key): markup.to_text(each.fields["body"][0]) for each in own}}
own.delete()
""")
    return dict(found)


def test_two_hundred_kills_lose_nothing_but_the_last_five_seconds(
    visit: Open, browser: Browser, site: Site
) -> None:
    state, lost, due = visit(WHO).context.storage_state(), [], 0
    for batch in range(KILLS // AT_ONCE):
        with at_work(browser, site, state) as pages:
            # All of them ask for the page before the first has it.
            for each in pages:
                each.page.goto("/posts/new?draft=", wait_until="commit")
            for each in pages:
                each.begin()
            began, turn = time.monotonic(), 0
            while time.monotonic() - began < LOST_AT_MOST + 2.5 + 0.35 * batch:
                for each in pages:
                    each.write(turn)
                turn += 1
                time.sleep(0.15)
            killed_at = time.monotonic()
        found = kept(site, pages)
        for each in pages:
            text, must = found.get(each.key, "").rstrip(), each.before(killed_at - LOST_AT_MOST)
            due += len(must)
            if not (each.before(killed_at).startswith(text) and text.startswith(must)):
                lost.append((text, must))
    assert lost == []
    assert due > KILLS * 10, "little was to be kept, so little was shown"
