"""What somebody does alone: reads, opens a space, joins one and leaves it, sets Terrain to their taste."""

import re

import pytest
from playwright.sync_api import Page, Response, Route, expect

from tests.browser.conftest import PHONE, Open, Site

pytestmark = pytest.mark.browser

NEW = "talk card new"

TALK = """
space = Space.unscoped.get(name="Sécurité au poste")
people = list(Person.objects.present().filter(memberships__space=space).order_by("id")[:6])
words = "<p>Number %d. " + "The barrier stops before the hand does, and somebody has to say so. " * 3 + "</p>"
"""


def talk(site: Site, title: str, messages: int) -> int:
    """A conversation of so many messages, opened by colleagues."""
    return int(
        site.told(f"""{TALK}
conversation = opening.open_conversation(space, people[0], words % 1, title={title!r})
for number in range(2, {messages} + 1):
    replying.reply(conversation, people[number % 6], words % number)
answer = conversation.pk
""")
    )


def goes_on(site: Site, conversation: int, messages: int) -> None:
    """So many messages more."""
    site.told(f"""{TALK}
conversation = Conversation.unscoped.get(pk={conversation})
for number in range({messages}):
    replying.reply(conversation, people[number % 6], words % (number + 100))
answer = None
""")


def read_all(page: Page) -> None:
    """Scroll to the end, and stay until the page has told how far one has read."""
    last = page.locator(".message").last
    number = last.get_attribute("data-number") or ""

    def is_told(answer: Response) -> bool:
        return answer.url.endswith("/reading") and number in (answer.request.post_data or "")

    with page.expect_response(is_told):
        last.scroll_into_view_if_needed()


def test_what_one_has_looked_at_is_new_no_more(visit: Open, site: Site) -> None:
    title = "The barrier of press 6"
    talk(site, title, 12)
    page = visit("Céline Vacher")
    card = page.locator(".talk", has_text=title)
    expect(card).to_have_class(NEW)
    card.get_by_role("link", name=title).click()
    read_all(page)
    page.get_by_role("link", name="Feed").first.click()
    expect(card).to_have_class("talk card")
    page.reload()
    expect(card).to_have_class("talk card")


def test_going_back_shows_a_feed_that_knows_what_was_read(visit: Open, site: Site) -> None:
    title = "The barrier of press 8"
    talk(site, title, 3)
    page = visit("Céline Vacher")
    card = page.locator(".talk", has_text=title)
    expect(card).to_have_class(NEW)
    card.get_by_role("link", name=title).click()
    read_all(page)
    page.go_back()
    expect(card).to_have_class("talk card")


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["wide", "phone"])
def test_one_jumps_to_the_first_message_not_read(visit: Open, site: Site, screen: dict[str, object]) -> None:
    title = f"The barrier of press {9 + len(screen)}"
    conversation = talk(site, title, 14)
    page = visit("Céline Vacher", **screen)
    card = page.locator(".talk", has_text=title)
    card.get_by_role("link", name=title).click()
    expect(page.get_by_role("link", name="unread")).to_have_count(0)
    read_all(page)
    goes_on(site, conversation, 70)
    page.goto("/")
    expect(card).to_have_class(NEW)
    card.get_by_role("link", name=title).click()
    page.get_by_role("link", name="70 unread messages").click()
    expect(page.locator("#m15")).to_be_in_viewport()
    expect(page.locator("#unread")).to_be_in_viewport()
    expect(page.locator("#m84")).not_to_be_in_viewport()


def test_a_space_is_opened_in_three_gestures_and_its_likes_are_shown_meanwhile(visit: Open) -> None:
    page = visit("Manon Mercier")
    page.get_by_role("link", name="Open a space").first.click()
    page.get_by_role("textbox", name="Its name").press_sequentially("Atelier")
    alike = page.locator("#alike")
    expect(alike.get_by_role("link")).to_have_text(
        ["Atelier 2", "Atelier 1", "Atelier 3"], use_inner_text=True
    )
    page.get_by_role("textbox", name="Its name").fill("Vegetable garden of the north gate")
    expect(alike.get_by_role("link")).to_have_count(0)
    page.get_by_label("What it is for").fill("Who waters, who picks.")
    page.get_by_role("button", name="Open the space").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vegetable garden of the north gate")
    expect(page.locator(".hero")).to_contain_text("1 member")
    expect(page.locator(".rail")).to_contain_text("Vegetable garden of the north gate")


def test_a_space_of_a_similar_name_is_opened_all_the_same(visit: Open) -> None:
    page = visit("Manon Mercier")
    page.goto("/spaces/new")
    page.get_by_role("textbox", name="Its name").fill("Atelier 22")
    page.get_by_role("button", name="Open the space").click()
    expect(page.locator("#alike")).to_contain_text("Atelier 2")
    expect(page.get_by_role("textbox", name="Its name")).to_have_value("Atelier 22")
    page.get_by_role("button", name="Open it all the same").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Atelier 22")


def test_one_joins_a_space_and_leaves_it(visit: Open) -> None:
    page = visit("Manon Mercier")
    page.get_by_role("link", name="Spaces").first.click()
    page.get_by_label("Find a space").fill("equipe nuit")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Équipe de nuit").click()
    rail = page.locator(".rail [data-spaces]")
    expect(rail).not_to_contain_text("Équipe de nuit")
    page.get_by_role("button", name="Join").click()
    expect(page.locator(".hero summary.main")).to_have_text("Member")
    page.goto("/spaces?q=equipe+nuit")
    expect(page.locator(".places li", has_text="Équipe de nuit")).to_contain_text("Member")
    page.get_by_role("link", name="Équipe de nuit").last.click()
    page.locator(".hero summary.main").click()
    page.get_by_role("button", name="Leave this space").click()
    expect(page.get_by_role("button", name="Join")).to_be_visible()


def test_theme_and_language_take_effect_at_once_and_last(visit: Open) -> None:
    page = visit("Hélène Roy")
    page.goto("/settings")
    assert _lightness(page) > 0.9
    page.get_by_label("dark").check()
    page.get_by_label("français").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Réglages")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert _lightness(page) < 0.3
    page.goto("/")
    expect(page.locator(".rail .nav").first.get_by_role("link")).to_have_text(
        ["Fil", re.compile("Pour vous"), "Espaces", "Idées", "Agenda", "Annonces", "En direct", "Annuaire"]
    )
    assert _lightness(page) < 0.3
    page.goto("/settings")
    page.get_by_label("comme l’écran").check()
    page.get_by_label("comme le navigateur").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Settings")
    assert _lightness(page) > 0.9


def _lightness(page: Page) -> float:
    """How light the paper is, 0 to 1."""
    said = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert said.startswith("oklch("), said
    return float(said.removeprefix("oklch(").split()[0])


def test_an_editor_that_comes_late_takes_over_what_was_begun(visit: Open) -> None:
    page = visit("Manon Mercier")
    editor = _held_back(page)
    expect(page.locator("rich-text textarea")).to_be_focused()
    page.keyboard.type("Begun ")
    editor.continue_()
    expect(page.locator(".writing")).to_be_focused()
    page.keyboard.type("early")
    expect(page.locator(".writing")).to_have_text("Begun early", use_inner_text=True)


def test_an_editor_that_comes_late_draws_nobody_away_from_the_title(visit: Open) -> None:
    page = visit("Hélène Roy")
    editor = _held_back(page)
    title = page.get_by_label("A title, if it has one")
    title.click()
    page.keyboard.type("Half of")
    editor.continue_()
    expect(page.locator(".writing")).to_be_visible()
    page.evaluate("new Promise(requestAnimationFrame)")
    page.keyboard.type(" a title")
    expect(title).to_have_value("Half of a title")
    expect(page.locator(".writing")).to_have_text("")


def _held_back(page: Page) -> Route:
    """The editor's file on a slow network, asked for by a page to write on: it comes when the test lets it."""
    held: list[Route] = []
    page.route("**/editor.*.js", lambda route: held.append(route))
    page.goto("/posts/new")
    while not held:
        page.wait_for_timeout(10)
    return held[0]


def test_the_chart_is_gone_through_with_the_keyboard_alone(visit: Open) -> None:
    page = visit("Céline Vacher")
    page.goto("/chart")
    first = page.get_by_role("treeitem").first
    expect(first).to_have_attribute("tabindex", "0")
    first.focus()
    page.keyboard.press("End")
    unit = page.locator(":focus")
    expect(unit).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowRight")
    expect(unit).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).to_have_attribute("aria-level", "2")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(unit).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.wait_for_url("**/units/*")


def test_on_a_phone_the_chart_is_a_list_of_pages(visit: Open) -> None:
    page = visit("Céline Vacher", **PHONE)
    page.goto("/chart")
    expect(page.locator(".branch .unit").first).to_be_visible()
    assert page.get_by_role("treeitem").count() == 0
    page.locator(".branch .unit a").first.click()
    page.wait_for_url("**/chart/*")
