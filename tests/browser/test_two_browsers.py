"""Two people, two browsers: what one writes the other sees, without asking, and without losing a word."""

from contextlib import suppress

import psutil
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, WIDE, Open, Site

pytestmark = pytest.mark.browser

WRITES, ANSWERS = "Samira Benali", "Inès Fabre"


def message(page: Page, number: int) -> Locator:
    return page.locator(f"#m{number}")


def signs(page: Page, number: int = 1) -> list[str]:
    """The reactions under a message, in their order."""
    return [" ".join(text.split()) for text in message(page, number).locator(".react").all_inner_texts()]


def react(page: Page, emoji: str, number: int = 1) -> None:
    message(page, number).get_by_label("React").click()
    message(page, number).locator(".signs button", has_text=emoji).click()


def mark(page: Page) -> None:
    """Remember that this page has not been loaded anew."""
    page.evaluate("window.isTheSame = true")


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("window.isTheSame === true"))


def start_writing(page: Page) -> Locator:
    """Enter the text area at the foot of a conversation, which becomes the editor."""
    page.get_by_role("textbox", name="Answer…").click()
    return go_on_writing(page)


def go_on_writing(page: Page) -> Locator:
    """The editor, once it is there."""
    writing = page.locator(".writing")
    expect(writing).to_be_visible()
    writing.click()
    return writing


def open_conversation(page: Page, title: str) -> None:
    """Write it, with something bold and a list, and publish it."""
    page.get_by_role("link", name="What have you seen").click()
    page.get_by_role("combobox").select_option("Atelier 2")
    page.get_by_label("A title, if it has one").fill(title)
    writing = go_on_writing(page)
    press = page.locator("rich-text [role=toolbar] button")
    page.keyboard.type("The press stops ")
    press.and_(page.get_by_label("Bold")).click()
    page.keyboard.type("twice an hour")
    press.and_(page.get_by_label("Bold")).click()
    page.keyboard.type(":")
    page.keyboard.press("Enter")
    press.and_(page.get_by_label("List", exact=True)).click()
    page.keyboard.type("at ten past")
    page.keyboard.press("Enter")
    page.keyboard.type("at twenty to")
    expect(writing.locator("li")).to_have_count(2)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["wide", "phone"])
def test_what_one_writes_the_other_sees_and_answers(visit: Open, screen: dict[str, object]) -> None:
    writer, reader = visit(WRITES, **screen), visit(ANSWERS, **screen)
    title = f"Press 7 stops by itself ({screen['viewport']})"
    mark(reader)

    open_conversation(writer, title)
    card = reader.locator(".talk", has_text=title)
    expect(card).to_be_visible()
    assert reader.locator(".talk").first.locator("h3").inner_text() == title
    assert is_the_same(reader)

    card.get_by_role("link", name=title).click()
    expect(message(reader, 1).locator("strong")).to_have_text("twice an hour")
    expect(message(reader, 1).locator("li")).to_have_text(["at ten past", "at twenty to"])

    # The writer has begun another sentence meanwhile, and stands in its middle.
    writing = start_writing(writer)
    writer.keyboard.type("I look at the  tonight.")
    for _ in " tonight.":
        writer.keyboard.press("ArrowLeft")
    mark(writer)

    react(reader, "🎉")
    expect(message(reader, 1).locator(".react")).to_have_count(1)
    react(reader, "👍")
    expect(message(writer, 1).locator(".react")).to_have_count(2)
    assert sorted(signs(writer)) == ["🎉 1", "👍 1"]

    message(reader, 1).get_by_role("link", name="Reply").click()
    expect(reader.locator(".replied")).to_contain_text("The press stops twice an hour")
    go_on_writing(reader)
    reader.keyboard.type("It did that in March: the oil.")
    reader.get_by_role("button", name="Publish").click()

    expect(message(writer, 2)).to_contain_text("It did that in March: the oil.")
    expect(message(writer, 2).locator(".quote")).to_contain_text("The press stops twice an hour")
    expect(writing).to_be_focused()
    writer.keyboard.type("pump")
    expect(writing).to_have_text("I look at the pump tonight.")
    assert is_the_same(writer)

    writer.get_by_role("button", name="Publish").click()
    expect(message(reader, 3)).to_contain_text("I look at the pump tonight.")

    # Both agree on one sign: it goes first, with its count, on both pages.
    message(writer, 1).locator(".react", has_text="👍").click()
    for page in (writer, reader):
        expect(message(page, 1).locator(".react").first).to_have_text("👍 2")
        assert signs(page) == ["👍 2", "🎉 1"]
    expect(message(reader, 1).locator("[aria-pressed=true]")).to_have_count(2)
    expect(message(writer, 1).locator("[aria-pressed=true]")).to_have_count(1)

    mark(reader)
    message(writer, 3).get_by_role("link", name="Edit").click()
    # The page that is left has an editor too.
    expect(writer.get_by_role("heading", level=1)).to_have_text("Edit your message")
    go_on_writing(writer)
    writer.keyboard.press("Control+End")
    writer.keyboard.type(" With Loïc.")
    writer.get_by_role("button", name="Save").click()
    expect(message(reader, 3)).to_contain_text("I look at the pump tonight. With Loïc.")
    assert is_the_same(reader)


def test_the_same_with_plain_forms_alone(visit: Open) -> None:
    writer, reader = visit(WRITES, java_script_enabled=False), visit(ANSWERS, java_script_enabled=False)
    title = "Press 7 stops, said without a script"

    writer.get_by_role("link", name="What have you seen").click()
    writer.get_by_role("combobox").select_option("Atelier 2")
    writer.get_by_label("A title, if it has one").fill(title)
    writer.get_by_label("What have you seen").fill(
        "The press stops twice an hour.\n\nAt ten past, at twenty to."
    )
    writer.get_by_role("button", name="Publish").click()
    expect(message(writer, 1).locator(".prose p")).to_have_count(2)

    reader.reload()
    reader.get_by_role("link", name=title).click()
    react(reader, "👍")
    expect(message(reader, 1).locator(".react")).to_have_text("👍 1")

    writer.reload()
    expect(message(writer, 1).locator(".react")).to_have_text("👍 1")
    message(writer, 1).locator(".react").click()
    expect(message(writer, 1).locator(".react")).to_have_text("👍 2")
    message(writer, 1).locator(".react").click()
    expect(message(writer, 1).locator(".react")).to_have_text("👍 1")

    message(reader, 1).get_by_role("link", name="Reply").click()
    reader.get_by_label("Answer…").fill("It did that in March.")
    reader.get_by_role("button", name="Publish").click()
    expect(message(reader, 2).locator(".quote")).to_contain_text("The press stops twice an hour.")

    writer.reload()
    expect(message(writer, 2)).to_contain_text("It did that in March.")
    message(writer, 1).get_by_role("link", name="Edit").click()
    writer.get_by_label("Your message").fill("The press stops three times an hour.")
    writer.get_by_role("button", name="Save").click()
    reader.reload()
    expect(message(reader, 1).locator(".prose")).to_have_text("The press stops three times an hour.")

    # What was read is said by a button.
    writer.get_by_label("Answer…").fill("Thank you.")
    writer.get_by_role("button", name="Publish").click()
    reader.goto("/")
    card = reader.locator(".talk", has_text=title)
    expect(card).to_have_class("talk card new")
    card.get_by_role("link", name=title).click()
    reader.get_by_role("button", name="I have read this far").click()
    reader.goto("/")
    expect(card).to_have_class("talk card")


def test_a_closed_laptop_catches_up_when_it_wakes(visit: Open, site: Site) -> None:
    writer, sleeper = visit(WRITES), visit(ANSWERS, is_cut_off=True)
    open_conversation(writer, "Read on a train")
    sleeper.locator(".talk", has_text="Read on a train").get_by_role("link", name="Read on a train").click()
    expect(message(sleeper, 1)).to_be_visible()
    mark(sleeper)
    sleeper.context.set_offline(True)
    expect(sleeper.locator("#offline")).to_be_visible()

    start_writing(writer)
    writer.keyboard.type("Written while the train was in a tunnel.")
    writer.get_by_role("button", name="Publish").click()
    expect(message(writer, 2)).to_be_visible()
    expect(message(sleeper, 2)).to_have_count(0)

    sleeper.context.set_offline(False)
    expect(message(sleeper, 2)).to_contain_text("Written while the train was in a tunnel.")
    expect(sleeper.locator("#offline")).to_be_hidden()
    assert is_the_same(sleeper)


def test_the_live_process_that_starts_again_leaves_nobody_behind(visit: Open, site: Site) -> None:
    writer, reader = visit(WRITES, is_cut_off=True), visit(ANSWERS, is_cut_off=True)
    open_conversation(writer, "Told by a new process")
    title = reader.locator(".talk h3", has_text="Told by a new process")
    expect(title).to_be_visible()
    mark(reader)
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if "terrain.live.serving:application" in words and str(site.port + 1) in words:
            with suppress(psutil.NoSuchProcess):
                process.kill()
    writer.goto("/")
    open_conversation(writer, "Written while nobody listened")
    expect(reader.locator(".talk h3", has_text="Written while nobody listened")).to_be_visible(timeout=20_000)
    assert is_the_same(reader)
