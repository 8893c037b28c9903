"""Keys and answers while one types: a letter does what it says, never while one writes, and not once it is off."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser


def test_each_key_does_what_it_says(visit: Open) -> None:
    page = visit("Inès Fabre")
    page.keyboard.press("/")
    expect(page.locator(".rail .search input")).to_be_focused()
    page.keyboard.type("nr?/")
    expect(page.locator(".rail .search input")).to_have_value("nr?/")
    expect(page.locator("#keys")).not_to_be_visible()
    page.goto("/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator(".talk.new h3 a:focus")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/conversations/"))
    page.keyboard.press("r")
    expect(page.locator("#write :focus")).to_have_count(1)


def test_a_key_is_changed_turned_off_and_never_one_with_a_modifier(visit: Open) -> None:
    page = visit("Inès Fabre")
    page.goto("/settings")
    page.locator("#own-keys [name=list]").fill("h")
    page.goto("/")
    page.keyboard.press("?")
    page.keyboard.press("Alt+h")
    expect(page.locator("#keys")).not_to_be_visible()
    page.keyboard.press("h")
    expect(page.locator("#keys")).to_be_visible()
    page.goto("/settings")
    page.locator("#own-keys [value=off]").click()
    page.goto("/")
    for key in ("h", "?", "/", "n", "r"):
        page.keyboard.press(key)
    expect(page.locator("#keys")).not_to_be_visible()
    expect(page.locator(".rail .search input")).not_to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator(".rail .search input")).to_be_focused()
    page.goto("/settings")
    page.locator("#own-keys [type=reset]").click()
    expect(page.locator("#own-keys [name=list]")).to_have_value("?")


def test_answers_come_while_one_types(visit: Open) -> None:
    page = visit("Inès Fabre")
    page.goto("/search")
    page.locator("[data-answers]").press_sequentially("pres")
    expect(page.locator(".results mark").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=pres$"))
    expect(page.locator("[data-answers]")).to_be_focused()
