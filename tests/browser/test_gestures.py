"""The gestures of an external network, on a phone, each in as few taps: every tap counts, typing does not."""

import base64
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from tests.browser.conftest import PHONE, Open, Site
from tests.files.brought import photo

pytestmark = pytest.mark.browser

WHO, SPACE = "Céline Vacher", "Sécurité au poste"

SAID = """
import uuid
space = Space.unscoped.get(name="Sécurité au poste")
here = Person.objects.present().filter(memberships__space=space).exclude(name="Céline Vacher")
others = list(here.order_by("id")[:3])
me = Person.objects.get(name="Céline Vacher")
"""
BY_OTHERS = f"""{SAID}
conversation = opening.open_conversation(
    space, others[0], "<p>The guard of press 6 stops before the hand does.</p>", title={{title!r}})
replying.reply(conversation, others[1], "<p>Seen on press 8 too. #barriers</p>")
answer = conversation.pk
"""
BY_ME = f"""{SAID}
conversation = opening.open_conversation(space, me, "<p>The lamp of post 6 flickers.</p>", title={{title!r}})
answer = conversation.pk
"""


@dataclass
class Thumb:
    """Somebody on a phone: counts what they tap."""

    page: Page
    taps: int = 0

    def tap(self, what: Locator) -> None:
        """One more."""
        what.tap()
        self.taps += 1

    def send(self, what: Locator) -> None:
        """One more, and what it asks is done."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.tap(what)

    def button(self, name: str | re.Pattern[str], within: str = "main") -> None:
        self.tap(self.page.locator(within).get_by_role("button", name=name).first)

    def link(self, name: str | re.Pattern[str], within: str = "main") -> None:
        self.tap(self.page.locator(within).get_by_role("link", name=name).first)

    def write(self) -> None:
        """From home, to where one writes: the cursor is there already."""
        self.link("Write", ".tabbar")
        expect(self.page.locator(".writing")).to_be_focused()

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def choose(self, space: str = SPACE) -> None:
        """A list of the telephone's own: opened and chosen from, one tap of each."""
        self.page.locator("select[name=space]").select_option(label=space)
        self.taps += 2

    def publish(self) -> None:
        self.button("Publish")
        expect(self.page.locator(".message").first).to_be_visible()

    def more(self, within: str) -> None:
        """The menu of a message, or of a conversation."""
        self.tap(self.page.locator(f"{within} .what summary").first)
        expect(self.page.locator(f"{within} .what[open] [data-copy]").first).to_be_visible()


@pytest.fixture
def thumb(visit: Open) -> Thumb:
    """At home, with a thumb."""
    return Thumb(visit(WHO, **PHONE))


@pytest.fixture
def talk(thumb: Thumb, site: Site) -> Callable[[str], int]:
    """Goes to a conversation that was just opened: by others, or by oneself."""

    def go(script: str) -> int:
        title = f"Press {uuid.uuid4().hex[:6]}"
        conversation = int(site.told(script.format(title=title)))
        thumb.page.goto(f"/conversations/{conversation}")
        return conversation

    return go


def said(page: Page) -> Locator:
    return page.locator(".message .prose").last


def test_a_post_is_written_from_home_in_four_actions_at_most(thumb: Thumb) -> None:
    thumb.write()
    thumb.type("The lamp of post 6 flickers.")
    thumb.choose()
    thumb.publish()
    assert thumb.taps == 4
    expect(said(thumb.page)).to_have_text("The lamp of post 6 flickers.")


def test_in_its_space_a_post_is_two_taps(thumb: Thumb, site: Site) -> None:
    space = site.told(f"{SAID}\nanswer = space.pk")
    thumb.page.goto(f"/spaces/{space}")
    thumb.tap(thumb.page.locator(".composer a").first)
    expect(thumb.page.locator(".writing")).to_be_focused()
    thumb.type("Written from the space.")
    thumb.publish()
    assert thumb.taps == 2


def bring(thumb: Thumb, button: str, file: Any) -> None:
    """Choose a file where the telephone asks for one."""
    with thumb.page.expect_file_chooser() as chosen:
        thumb.button(button)
    with thumb.page.expect_response(lambda answer: answer.url.endswith("/files") and answer.ok):
        chosen.value.set_files(file)
    thumb.taps += 1


def test_a_photo_from_the_camera(thumb: Thumb) -> None:
    thumb.write()
    thumb.type("The barrier, as it is.")
    bring(thumb, "Take a picture", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    thumb.choose()
    thumb.publish()
    assert thumb.taps == 6
    picture = thumb.page.locator(".message img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("each => each.decode().then(() => each.naturalWidth)") > 0


FILMED = """async () => {
    const canvas = document.createElement("canvas")
    canvas.width = 160; canvas.height = 120
    const ink = canvas.getContext("2d"), parts = []
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm;codecs=vp8" })
    recorder.ondataavailable = ({ data }) => parts.push(data)
    const over = new Promise(done => { recorder.onstop = done })
    recorder.start()
    for (let at = 0; at < 12; at += 1) {
        ink.fillStyle = at % 2 ? "seagreen" : "tomato"
        ink.fillRect(0, 0, 160, 120)
        await new Promise(done => setTimeout(done, 50))
    }
    recorder.stop()
    await over
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
    return btoa(Array.from(bytes, each => String.fromCharCode(each)).join(""))
}"""
"""Half a second, filmed by the browser itself."""


def test_a_short_video(thumb: Thumb) -> None:
    film = base64.b64decode(thumb.page.evaluate(FILMED))
    thumb.write()
    thumb.type("It moves when nobody touches it.")
    bring(thumb, "Add files", {"name": "press.webm", "mimeType": "video/webm", "buffer": film})
    thumb.choose()
    thumb.publish()
    assert thumb.taps == 6
    video = thumb.page.locator(".message video").first
    expect(video).to_be_visible()
    assert video.evaluate(
        """each => each.readyState >= 1 || new Promise(done => {
            each.addEventListener("loadedmetadata", () => done(true), { once: true })
        })"""
    )


def test_a_link_shows_its_page(thumb: Thumb, site: Site) -> None:
    thumb.write()
    thumb.type("The standard: https://standards.example/iso-13855 ")
    thumb.choose()
    thumb.publish()
    assert thumb.taps == 4
    expect(said(thumb.page).get_by_role("link")).to_have_attribute(
        "href", "https://standards.example/iso-13855"
    )
    site.told(
        """
import time
from terrain.links.fetching import Fetched
from terrain.links.models import Preview
from terrain.links.previewing import preview

class Standards:
    def fetch(self, address, **_):
        page = b"<title>ISO 13855</title><meta name=description content='Where safeguards stand.'>"
        return Fetched(address, "text/html", "utf-8", page, True)

message = Message.unscoped.filter(body__contains="iso-13855").latest("pk")
while not Preview.unscoped.filter(message=message).exists():
    time.sleep(0.1)  # Until the worker has asked, and found nobody.
Preview.unscoped.filter(message=message).delete()
preview(message, Standards())
answer = None
"""
    )
    expect(thumb.page.locator(".preview")).to_contain_text("ISO 13855")


def test_a_poll(thumb: Thumb) -> None:
    thumb.write()
    thumb.type("When do we look at it?")
    thumb.tap(thumb.page.locator("details.poll-part > summary"))
    for number, words in enumerate(("Tuesday", "Thursday")):
        thumb.page.locator("input[name=poll_choice]").nth(number).fill(words)
    thumb.choose()
    thumb.publish()
    assert thumb.taps == 5
    thumb.taps = 0
    thumb.button(re.compile("Tuesday"))
    assert thumb.taps == 1
    expect(thumb.page.locator("main")).to_contain_text("1 vote")


def test_an_event(thumb: Thumb) -> None:
    thumb.write()
    thumb.type("We look at it together.")
    thumb.tap(thumb.page.locator("details.event-part > summary"))
    thumb.page.locator("input[name=event_begins]").fill("2031-05-12T14:30")
    thumb.choose()
    thumb.publish()
    assert thumb.taps == 5
    expect(thumb.page.locator("main")).to_contain_text("12 May 2031")
    thumb.taps = 0
    thumb.button(re.compile("I’ll be there"))
    assert thumb.taps == 1


def test_a_reaction(thumb: Thumb, talk: Callable[[str], int]) -> None:
    talk(BY_OTHERS)
    thumb.tap(thumb.page.locator("#m1 .signs summary"))
    assert thumb.page.locator("#m1 .signs button").count() >= 6
    thumb.tap(thumb.page.locator("#m1 .signs button").first)
    expect(thumb.page.locator("#m1 .react[aria-pressed=true]")).to_be_visible()
    assert thumb.taps == 2
    # Signing what somebody else signed already is one.
    thumb.tap(thumb.page.locator("#m1 .react[aria-pressed=true]"))
    expect(thumb.page.locator("#m1 .react")).to_have_count(0)


def test_any_other_emoji_found_by_its_name(thumb: Thumb, talk: Callable[[str], int]) -> None:
    talk(BY_OTHERS)
    thumb.tap(thumb.page.locator("#m1 .signs summary"))
    thumb.link("more, and who")
    thumb.page.get_by_role("searchbox").fill("wrench")
    thumb.page.keyboard.press("Enter")
    thumb.send(thumb.page.locator("main").get_by_role("button", name="🔧").first)
    assert thumb.taps == 3
    thumb.page.goto(thumb.page.url)
    expect(thumb.page.locator("main")).to_contain_text("🔧")


def test_a_reply(thumb: Thumb, talk: Callable[[str], int]) -> None:
    talk(BY_OTHERS)
    thumb.tap(thumb.page.locator("#write rich-text"))
    expect(thumb.page.locator(".writing")).to_be_focused()
    thumb.type("On press 4 as well.")
    thumb.tap(thumb.page.locator("#write").get_by_role("button", name="Publish"))
    expect(said(thumb.page)).to_have_text("On press 4 as well.")
    assert thumb.taps == 2


def test_a_passage_quoted(thumb: Thumb, talk: Callable[[str], int]) -> None:
    talk(BY_OTHERS)
    thumb.page.evaluate(
        """() => {
            const text = document.querySelector("#m1 .prose p").firstChild
            const range = document.createRange()
            range.setStart(text, 4); range.setEnd(text, 9)
            getSelection().removeAllRanges(); getSelection().addRange(range)
        }"""
    )
    thumb.tap(thumb.page.locator("button.quoting"))
    expect(thumb.page.locator(".writing")).to_be_focused()
    thumb.type("Which one?")
    thumb.tap(thumb.page.locator("#write").get_by_role("button", name="Publish"))
    expect(thumb.page.locator("#m3 .quote")).to_contain_text("guard")
    assert thumb.taps == 2


def suggested(thumb: Thumb, typed: str, name: str | re.Pattern[str]) -> None:
    """Type the first letters, and tap what is offered."""
    thumb.page.keyboard.type(typed, delay=30)
    thumb.tap(thumb.page.get_by_role("option", name=name).first)


def test_a_person_named_and_a_topic(thumb: Thumb, talk: Callable[[str], int]) -> None:
    talk(BY_OTHERS)
    thumb.tap(thumb.page.locator("#write rich-text"))
    expect(thumb.page.locator(".writing")).to_be_focused()
    before = thumb.taps
    suggested(thumb, "@samira", re.compile("Samira Benali"))
    assert thumb.taps == before + 1
    suggested(thumb, "saw it #barr", re.compile("barriers"))
    assert thumb.taps == before + 2
    thumb.tap(thumb.page.locator("#write").get_by_role("button", name="Publish"))
    words = said(thumb.page)
    expect(words.get_by_role("link", name="Samira Benali")).to_have_attribute(
        "href", re.compile(r"/people/\d+")
    )
    expect(words.get_by_role("link", name=re.compile("#"))).to_have_attribute("href", re.compile("/topics/"))


def test_an_emoji_in_what_one_writes(thumb: Thumb, talk: Callable[[str], int]) -> None:
    talk(BY_OTHERS)
    thumb.tap(thumb.page.locator("#write rich-text"))
    expect(thumb.page.locator(".writing")).to_be_focused()
    before = thumb.taps
    suggested(thumb, "Mended :wren", re.compile("wrench"))
    assert thumb.taps == before + 1
    thumb.tap(thumb.page.locator("#write .tools [value=emoji]"))
    thumb.tap(thumb.page.get_by_role("option", name=re.compile("clapping")))
    assert thumb.taps == before + 3
    thumb.tap(thumb.page.locator("#write").get_by_role("button", name="Publish"))
    expect(said(thumb.page)).to_have_text(re.compile(r"Mended 🔧 +👏"))


FOLLOWED = {
    "a conversation": lambda site: f"/conversations/{site.told(BY_OTHERS.format(title='Followed'))}",
    "a person": lambda site: f"/people/{site.told(SAID + 'answer = others[2].pk')}",
    "a topic": lambda site: "/topics/securite",
}


@pytest.mark.parametrize("what", FOLLOWED)
def test_following_is_one_tap(thumb: Thumb, site: Site, what: str) -> None:
    thumb.page.goto(FOLLOWED[what](site))
    follow = thumb.page.locator("main").get_by_role("button", name="Follow", exact=True)
    thumb.tap(follow.and_(thumb.page.locator(":visible")).first)
    assert thumb.taps == 1
    followed = thumb.page.locator("main button[aria-pressed=true]:visible")
    expect(followed.first).to_be_visible()
    followed.first.tap()
    expect(follow.and_(thumb.page.locator(":visible")).first).to_be_visible()


def test_a_space_is_joined_in_one_tap(thumb: Thumb) -> None:
    thumb.page.goto("/spaces?q=petites+annonces")
    thumb.page.locator(".places").get_by_role("link", name="Petites annonces").click()
    expect(thumb.page.get_by_role("heading", level=1)).to_have_text("Petites annonces")
    if thumb.page.get_by_role("button", name="Join").count() == 0:
        thumb.page.locator(".hero summary.main").tap()
        thumb.page.get_by_role("button", name="Leave this space").tap()
    thumb.button("Join")
    assert thumb.taps == 1
    expect(thumb.page.locator(".hero summary.main")).to_have_text("Member")


def test_sharing_into_another_space_with_a_word(thumb: Thumb, talk: Callable[[str], int]) -> None:
    talk(BY_OTHERS)
    thumb.more(".if-below")
    thumb.link("Share into another space")
    thumb.page.locator("select[name=space]").select_option(index=1)
    thumb.taps += 2
    thumb.page.locator("[name=words]").fill("The same barrier as ours.")
    thumb.button(re.compile("^Share"))
    assert thumb.taps == 5
    thumb.page.wait_for_url("**/conversations/*")
    expect(thumb.page.locator("main")).to_contain_text("The same barrier as ours.")


def test_saving_for_later(thumb: Thumb, talk: Callable[[str], int]) -> None:
    talk(BY_OTHERS)
    thumb.more("#m2")
    thumb.send(thumb.page.locator("#m2").get_by_role("button", name="Save for later"))
    assert thumb.taps == 2
    thumb.page.goto("/saved")
    expect(thumb.page.locator("main")).to_contain_text("Seen on press 8 too.")


def test_editing_what_one_said(thumb: Thumb, talk: Callable[[str], int]) -> None:
    talk(BY_ME)
    thumb.tap(thumb.page.locator("#m1").get_by_role("link", name="Edit"))
    expect(thumb.page.locator(".writing")).to_be_visible()
    thumb.page.locator(".writing").focus()
    thumb.page.keyboard.press("Control+End")
    thumb.type(" Since Monday.")
    thumb.tap(thumb.page.locator("main form .button.main"))
    expect(said(thumb.page)).to_contain_text("flickers. Since Monday.")
    assert thumb.taps == 2


def test_withdrawing_what_one_said(thumb: Thumb, talk: Callable[[str], int], site: Site) -> None:
    conversation = talk(BY_ME)
    site.told(f"""{SAID}
here = Conversation.unscoped.get(pk={conversation})
replying.reply(here, me, "<p>Said too fast.</p>")
answer = None""")
    thumb.page.reload()
    thumb.more("#m2")
    thumb.link("Withdraw", "#m2")
    thumb.tap(thumb.page.locator("main form .button.main, main form button").last)
    assert thumb.taps == 3
    expect(thumb.page.locator("main")).not_to_contain_text("Said too fast.")


def test_a_direct_conversation_and_a_group(thumb: Thumb, site: Site) -> None:
    one, two = site.told(f"{SAID}\nanswer = [each.pk for each in others[:2]]")
    thumb.page.goto(f"/people/{one}")
    thumb.link(re.compile("^Write to"))
    expect(thumb.page.locator("rich-text")).to_be_visible()
    thumb.page.locator("rich-text textarea, rich-text .writing").first.focus()
    expect(thumb.page.locator(".writing")).to_be_focused()
    thumb.type("Can you come by?")
    thumb.tap(thumb.page.locator("main form .button.main").last)
    expect(said(thumb.page)).to_have_text("Can you come by?")
    assert thumb.taps == 2
    thumb.page.goto(f"/direct/new?to={one}&to={two}")
    thumb.page.locator("rich-text textarea, rich-text .writing").first.focus()
    expect(thumb.page.locator(".writing")).to_be_focused()
    thumb.type("The three of us, at four?")
    thumb.tap(thumb.page.locator("main form .button.main").last)
    expect(said(thumb.page)).to_have_text("The three of us, at four?")


def test_a_draft_is_kept_without_a_tap(thumb: Thumb) -> None:
    thumb.write()

    def is_kept(answer: Response) -> bool:
        return answer.url.endswith("/drafts") and answer.ok

    with thumb.page.expect_response(is_kept):
        thumb.type("Begun on the bus")
    taps = thumb.taps
    thumb.page.goto("/drafts")
    expect(thumb.page.locator("main")).to_contain_text("Begun on the bus")
    assert (taps, thumb.taps) == (1, 1)
    thumb.button("Discard")


def test_publishing_later(thumb: Thumb) -> None:
    thumb.write()
    thumb.type("Inventory on Thursday.")
    thumb.tap(thumb.page.locator("details.later-part > summary"))
    now = thumb.page.evaluate("new Date(Date.now() + 3 * 864e5).toISOString().slice(0, 11) + '08:00'")
    thumb.page.locator("input[name=due]").fill(now)
    thumb.choose()
    thumb.button("Publish then")
    assert thumb.taps == 5
    expect(thumb.page.locator(".due")).to_contain_text("Will be published on")
    thumb.button("Discard")


def test_muting(thumb: Thumb, talk: Callable[[str], int]) -> None:
    talk(BY_OTHERS)
    thumb.more(".if-below")
    thumb.send(thumb.page.locator(".if-below").get_by_role("button", name="Mute"))
    assert thumb.taps == 2
    thumb.page.goto("/settings")
    expect(thumb.page.locator("main")).to_contain_text("Press")


def test_copying_a_link(thumb: Thumb, talk: Callable[[str], int]) -> None:
    talk(BY_OTHERS)
    thumb.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    thumb.more("#m2")
    thumb.tap(thumb.page.locator("#m2").get_by_role("link", name="Copy the link"))
    assert thumb.taps == 2
    expect(thumb.page.locator("#m2 [data-copy]")).to_contain_text("Copied")
    assert re.search(r"/messages/\d+$", thumb.page.evaluate("navigator.clipboard.readText()"))


def test_without_scripts_the_core_of_it_is_there(visit: Open, site: Site) -> None:
    page = visit(WHO, **PHONE, java_script_enabled=False)
    page.locator(".tabbar").get_by_role("link", name="Write").tap()
    page.locator("textarea[name=body]").fill("The lamp of post 6 flickers.\n\nSince *Monday*.")
    page.locator("select[name=space]").select_option(label=SPACE)
    page.locator("details.poll-part > summary").tap()
    for number, words in enumerate(("Tuesday", "Thursday")):
        page.locator("input[name=poll_choice]").nth(number).fill(words)
    page.locator("input[type=file]").first.set_input_files(
        {"name": "lamp.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.get_by_role("button", name="Publish", exact=True).tap()
    page.wait_for_url("**/conversations/*")
    here = page.url
    expect(page.locator(".message .prose p")).to_have_count(2)
    expect(page.locator(".message img").first).to_be_visible()

    page.get_by_role("button", name=re.compile("Tuesday")).tap()
    expect(page.locator("main")).to_contain_text("1 vote")

    page.goto(here)
    page.locator("#write textarea").fill("And the one of post 7.")
    page.locator("#write").get_by_role("button", name="Publish").tap()
    expect(page.locator("#m2 .prose")).to_have_text("And the one of post 7.")

    page.locator("#m2 .signs summary").tap()
    page.locator("#m2 .signs button").first.tap()
    expect(page.locator("#m2 .react")).to_contain_text("1")

    page.locator("#m2").get_by_role("link", name="Edit").tap()
    page.locator("textarea[name=body]").fill("And the one of post 8.")
    page.locator("main form .button.main").tap()
    expect(page.locator("#m2 .prose")).to_have_text("And the one of post 8.")

    message = site.told(f"answer = Message.unscoped.get(conversation={here.split('/')[-1]}, number=2).pk")
    page.goto(f"/messages/{message}/acts")
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Save for later").tap()
    page.goto("/saved")
    expect(page.locator("main")).to_contain_text("And the one of post 8.")

    page.goto(f"/messages/{message}/withdrawal")
    with page.expect_navigation():
        page.locator("main form button").last.tap()
    expect(page.locator("main")).not_to_contain_text("And the one of post 8.")

    page.goto(here)
    page.locator("main button[aria-pressed]:visible", has_text="follow").first.tap()
    expect(page.locator("main button[aria-pressed=false]:visible").first).to_be_visible()
