"""Told on this device, in a real Chromium: the worker, what it shows, where it leads, and answering from it.

Two things are not the browser's own here. Subscribing asks the browser maker's push service, which no test reaches: the
page is given a subscription whose keys the test holds, and pushes are opened by the test and handed to the worker by
the browser's own tools. And nobody presses a notification of a browser without a screen: the worker is told that
somebody did, by an event like the browser's; where a window would open is written down.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, Worker, expect

from tests.browser.conftest import Open, Site
from tests.config.installation import eventually
from tests.push.service import Browser, to_bytes

pytestmark = pytest.mark.browser

WHO = "Samira Benali"

SUBSCRIBES = """(() => {
    const given = %s
    let now = null
    const key = () => JSON.parse(localStorage.fakeKey ?? "null")
    PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
        localStorage.fakeKey = JSON.stringify([...applicationServerKey])
        return PushManager.prototype.getSubscription()
    }
    PushManager.prototype.getSubscription = async () => key() && {
        options: { applicationServerKey: Uint8Array.from(key()).buffer },
        toJSON: () => given,
        unsubscribe: async () => { localStorage.removeItem("fakeKey"); return true },
    }
})()"""

PRESSED = """async ([tag, action, reply]) => {
    const [notification] = await self.registration.getNotifications({ tag })
    let done
    ExtendableEvent.prototype.waitUntil = promise => { done = promise }
    self.opened = []
    Clients.prototype.openWindow = async address => { self.opened.push(address) }
    const event = new NotificationEvent("notificationclick", { notification, action, reply })
    if (reply) Object.defineProperty(event, "reply", { value: reply })
    self.dispatchEvent(event)
    await done
    return self.opened.map(each => each.replace(self.location.origin, ""))
}"""

KEPT_IN_IT = "[localStorage.device ?? null, localStorage.fakeKey ?? null]"

SHOWN = """async () => (await self.registration.getNotifications()).map(({ title, body, tag, silent, actions }) =>
    ({ title, body, tag, silent, actions: actions.map(each => each.title) }))"""

SAID = """
from terrain.notifications.hours import attention_of
from terrain.notifications.models import Notification
from terrain.notifications.telling import tell
from terrain.push.encryption import seal, write
from terrain.push.models import Device
from terrain.push.saying import push_of
from django.utils import timezone

now = timezone.now()
device = Device.objects.select_related("person").get(endpoint=%r)
other = Person.objects.exclude(pk=device.person_id).filter(left_on=None, conversations__isnull=False)
"""


@dataclass
class Phone:
    """A page of somebody who is told there, and the worker behind it."""

    page: Page
    site: Site
    browser: Browser = field(default_factory=Browser)

    def subscribes(self) -> None:
        """From now on the page is given a subscription of ours."""
        given = self.browser.subscription
        keys = {"endpoint": given.endpoint, "keys": {"p256dh": given.p256dh, "auth": given.auth}}
        self.page.context.grant_permissions(["notifications"], origin=self.site.address)
        self.page.context.add_init_script(SUBSCRIBES % json.dumps(keys))

    def tell_here(self) -> None:
        self.subscribes()
        self.page.goto("/settings")
        self.page.get_by_role("button", name="Tell me here").click()
        expect(self.page.locator("#devices .device", has_text="this one")).to_be_visible()

    @property
    def worker(self) -> Worker:
        (worker,) = self.page.context.service_workers
        return worker

    def deliver(self, words: dict[str, Any]) -> None:
        """The browser hands this to the worker, as its push service brings it."""
        self.tools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self.site.address, "registrationId": self.registration, "data": json.dumps(words)},
        )

    @cached_property
    def tools(self) -> CDPSession:
        return self.page.context.new_cdp_session(self.page)

    @cached_property
    def registration(self) -> str:
        """What the browser calls the worker's registration."""
        found: list[dict[str, str]] = []
        self.tools.on(
            "ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"])
        )
        self.tools.send("ServiceWorker.enable")
        eventually(lambda: self.page.wait_for_timeout(50) or found)
        return found[-1]["registrationId"]

    def shown(self) -> list[dict[str, Any]]:
        shown: list[dict[str, Any]] = self.worker.evaluate(SHOWN)
        return shown

    def shows(self, is_so: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """What is shown, once it is so."""
        eventually(lambda: is_so(self.shown()))
        return self.shown()

    def press(self, tag: str, action: str = "", reply: str = "") -> list[str]:
        """Somebody presses the notification, or its button: where windows open."""
        opened: list[str] = self.worker.evaluate(PRESSED, [tag, action, reply])
        return opened

    def is_written_to(self, words: str) -> dict[str, Any]:
        """Somebody writes to whoever is told here: what Terrain pushes, opened with this browser's own keys."""
        told = self.site.told(
            SAID % self.browser.subscription.endpoint
            + f"""
from terrain.direct.talking import begin
author = Person.objects.exclude(pk=device.person_id).present().order_by("pk").first()
said = Message.unscoped.get(conversation=begin(author, [device.person], "<p>{words}</p>"), number=1)
tell(said.pk, now)
new = Notification.objects.of(device.person).filter(message=said)
push = push_of(device, new, attention_of(device.person).hours, now)
answer = {{"body": write(seal(push.words, device.p256dh, device.auth)), "message": said.pk,
    "conversation": said.conversation_id, "author": author.name}}
"""
        )
        words_of_push: dict[str, Any] = json.loads(self.browser.opened(to_bytes(told["body"])))
        return {**told, "words": words_of_push}


@pytest.fixture
def phone(visit: Open, site: Site) -> Phone:
    """Samira's browser, which is told."""
    found = Phone(visit(WHO), site)
    found.tell_here()
    return found


def test_a_browser_is_told_tried_made_discreet_and_forgotten(phone: Phone) -> None:
    page = phone.page
    device = page.locator("#devices .device", has_text="this one")
    expect(device).to_contain_text("Chrome on Linux")
    expect(page.get_by_role("button", name="Tell me here")).to_have_count(0)
    device.get_by_role("switch").click()
    expect(device.get_by_role("switch")).to_be_checked()
    device.get_by_role("button", name="Try it").click()
    expect(device.get_by_role("status")).to_be_visible()
    device.get_by_role("button", name="Forget").click()
    expect(page.get_by_role("button", name="Tell me here")).to_be_visible()
    expect(page.locator("#devices .device", has_text="this one")).to_have_count(0)
    assert page.evaluate(KEPT_IN_IT) == [None, None]


def test_forgotten_from_elsewhere_it_does_not_come_back_by_itself(phone: Phone) -> None:
    page = phone.page
    phone.site.told(f"{SAID % phone.browser.subscription.endpoint}\nanswer = device.delete() and None")
    page.evaluate("sessionStorage.clear()")
    page.goto("/settings")
    expect(page.get_by_role("button", name="Tell me here")).to_be_visible()
    eventually(lambda: page.evaluate(KEPT_IN_IT) == [None, None])


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("navigator.standalone = false", "Add to Home Screen"),
        ("delete window.PushManager", "This browser cannot be told"),
        ("Object.defineProperty(window, 'isSecureContext', { value: false })", "by HTTPS"),
        ("Object.defineProperty(Notification, 'permission', { value: 'denied' })", "does not let Terrain"),
    ],
)
def test_a_browser_that_cannot_says_why_in_one_sentence(visit: Open, script: str, says: str) -> None:
    page = visit(WHO)
    page.context.add_init_script(script)
    page.goto("/settings")
    expect(page.locator("#devices [data-why]:visible")).to_have_count(1)
    expect(page.locator("#devices [data-why]:visible")).to_contain_text(says)
    expect(page.get_by_role("button", name="Tell me here")).to_be_hidden()


def test_a_push_service_that_does_not_answer_is_said(visit: Open, site: Site) -> None:
    page = visit(WHO, is_cut_off=True)
    page.context.grant_permissions(["notifications"], origin=site.address)
    page.goto("/settings")
    page.get_by_role("button", name="Tell me here").click()
    expect(page.locator("#devices [data-why=failed]")).to_be_visible()
    expect(page.get_by_role("button", name="Tell me here")).to_be_visible()


def test_a_push_is_shown_and_leads_to_its_message(phone: Phone) -> None:
    told = phone.is_written_to("Tu as une minute ?")
    phone.deliver(told["words"])
    tag = f"c{told['conversation']}"
    (shown,) = phone.shows(lambda shown: bool(shown))
    assert shown == {
        "title": f"{told['author']} writes to you",
        "body": "Tu as une minute ?",
        "tag": tag,
        "silent": False,
        "actions": ["Answer"],
    }
    assert phone.press(tag) == [f"/messages/{told['message']}"]
    assert phone.shown() == []
    phone.page.goto(f"/messages/{told['message']}")
    expect(phone.page.locator(".message:target")).to_contain_text("Tu as une minute ?")


def test_where_its_conversation_is_open_it_is_looked_at_there(phone: Phone) -> None:
    told = phone.is_written_to("Ici même ?")
    page = phone.page.context.new_page()
    page.goto(f"/conversations/{told['conversation']}")
    phone.deliver(told["words"])
    phone.shows(lambda shown: bool(shown))
    # Only a person's own press may bring a window to the front.
    phone.worker.evaluate("WindowClient.prototype.focus = async function () { return this }")
    assert phone.press(f"c{told['conversation']}") == []
    page.wait_for_url(f"**/conversations/{told['conversation']}?around=1#m1")


def test_one_replaces_another_and_how_much_waits_replaces_all(phone: Phone) -> None:
    words = phone.is_written_to("Un.")["words"]
    for title in ("Un", "Deux"):
        phone.deliver({**words, "title": title})
    assert [each["title"] for each in phone.shows(lambda shown: shown and shown[0]["title"] == "Deux")] == [
        "Deux"
    ]
    phone.deliver({**words, "title": "Ailleurs", "tag": "c0"})
    phone.shows(lambda shown: len(shown) == 2)
    phone.deliver(
        {"title": "3 messages for you", "body": "", "tag": "for-you", "url": "/for-you", "quiet": None}
    )
    (shown,) = phone.shows(lambda shown: [each["tag"] for each in shown] == ["for-you"])
    assert shown["actions"] == []
    assert phone.press("for-you") == ["/for-you"]


def test_what_comes_late_in_quiet_hours_does_not_ring(phone: Phone) -> None:
    now = phone.page.evaluate("Date.now()")
    words = {**phone.is_written_to("Tard.")["words"], "quiet": [now - 1000, now + 3_600_000]}
    phone.deliver(words)
    assert [each["silent"] for each in phone.shows(lambda shown: bool(shown))] == [True]
    phone.deliver({**words, "title": "Le matin", "quiet": [now - 2000, now - 1000]})
    (shown,) = phone.shows(lambda shown: shown and shown[0]["title"] == "Le matin")
    assert shown["silent"] is False


def test_an_answer_typed_in_it_is_published(phone: Phone) -> None:
    told = phone.is_written_to("À quelle heure ?")
    phone.deliver(told["words"])
    phone.shows(lambda shown: bool(shown))
    assert phone.press(f"c{told['conversation']}", "answer", "À <midi> & demi.") == []
    assert phone.shown() == []
    phone.page.goto(f"/conversations/{told['conversation']}")
    expect(phone.page.locator(".message").last).to_contain_text("À <midi> & demi.")
    expect(phone.page.locator(".message").last).to_contain_text(WHO)


def test_where_nothing_can_be_typed_the_reply_box_is_ready(phone: Phone) -> None:
    told = phone.is_written_to("Et toi ?")
    phone.deliver(told["words"])
    phone.shows(lambda shown: bool(shown))
    (to,) = phone.press(f"c{told['conversation']}", "answer")
    assert to == f"/conversations/{told['conversation']}?reply_to={told['message']}"
    phone.page.goto(to)
    expect(phone.page.locator("#write .replied")).to_contain_text("Et toi ?")
    expect(phone.page.locator("#write :is(textarea, .writing):visible")).to_be_focused()


def test_in_a_tunnel_no_word_is_lost(phone: Phone) -> None:
    told = phone.is_written_to("Tu passes ?")
    phone.deliver(told["words"])
    phone.shows(lambda shown: bool(shown))
    phone.worker.evaluate("""() => {
        self.reached = self.fetch
        self.fetch = async () => { throw new TypeError("Failed to fetch") }
    }""")
    assert phone.press(f"c{told['conversation']}", "answer", "Dans dix minutes.") == []
    (shown,) = phone.shown()
    assert (shown["title"], shown["body"]) == (
        "Not sent. Your words are kept: press here to go on with them.",
        "Dans dix minutes.",
    )
    assert shown["actions"] == []
    phone.press(shown["tag"])
    assert [each["body"] for each in phone.shown()] == ["Dans dix minutes."], "pressed too early, it stays"
    phone.worker.evaluate("() => { self.fetch = self.reached }")
    (to,) = phone.press(shown["tag"])
    assert f"/conversations/{told['conversation']}?draft=" in to
    phone.page.goto(to)
    expect(phone.page.locator("#write")).to_contain_text("Dans dix minutes.")
    expect(phone.page.locator("#write .replied")).to_contain_text("Tu passes ?")


def test_signed_out_meanwhile_the_words_wait_for_whoever_wrote_them(phone: Phone) -> None:
    told = phone.is_written_to("Tu signes ?")
    phone.deliver(told["words"])
    phone.shows(lambda shown: bool(shown))
    page = phone.page
    cookies = page.context.cookies()
    page.context.clear_cookies()
    phone.press(f"c{told['conversation']}", "answer", "Ce soir.")
    (shown,) = phone.shown()
    assert shown["body"] == "Ce soir."
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.evaluate("sessionStorage.clear()")
    page.goto("/settings")
    here = f"/conversations/{told['conversation']}"
    eventually(lambda: page.goto(here) and "Ce soir." in page.locator("#write").inner_text())


def test_what_is_refused_says_why(phone: Phone) -> None:
    told = phone.is_written_to("Alors ?")
    phone.deliver(told["words"])
    phone.shows(lambda shown: bool(shown))
    phone.press(f"c{told['conversation']}", "answer", "x" * 50_001)
    (shown,) = phone.shown()
    assert shown["title"].startswith("This message has 50,001 characters")
    (to,) = phone.press(shown["tag"])
    assert "?draft=" in to


def test_a_browser_that_changes_its_subscription_stays_the_same_device(phone: Phone) -> None:
    before, now = phone.browser.subscription, Browser().subscription
    phone.worker.evaluate(
        """async ([endpoint, given]) => {
            await changed({ oldSubscription: { endpoint }, newSubscription: { toJSON: () => given } })
        }""",
        [before.endpoint, {"endpoint": now.endpoint, "keys": {"p256dh": now.p256dh, "auth": now.auth}}],
    )
    script = "from terrain.push.models import Device\nanswer = list(Device.objects.values_list('endpoint', flat=True))"
    known = phone.site.told(script)
    assert now.endpoint in known
    assert before.endpoint not in known
