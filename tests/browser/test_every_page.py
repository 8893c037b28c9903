"""Every page, light and dark, French and English, wide and on a phone: for everybody, quiet, quick, good to look at."""

import re
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, WIDE, Open, Site, opened

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
AXE = (HERE / "vendor/axe.min.js").read_text()
LOOKING = (HERE / "looking.js").read_text()
# While Turbo draws a page anew it says so on <html>, where no such word may stand, as axe knows.
ASK_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter(each => each.nodes.some(node => !/^<html[^>]* aria-busy=/.test(node.html)))
    .filter(each => ["serious", "critical"].includes(each.impact))
    .map(each => `${each.id}: ${each.nodes.map(node => node.target.join(" ")).slice(0, 4).join(", ")}`)"""

# Each of the two of theme, language and screen meets both of the others.
LOOKS: dict[str, dict[str, Any]] = {
    "wide-light-French": {**WIDE, "color_scheme": "light", "locale": "fr-FR"},
    "wide-dark-English": {**WIDE, "color_scheme": "dark", "locale": "en-GB"},
    "phone-dark-French": {**PHONE, "color_scheme": "dark", "locale": "fr-FR"},
    "phone-light-English": {**PHONE, "color_scheme": "light", "locale": "en-GB"},
}
WHO = "Inès Fabre"

PREPARED = f"""
import io
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count
from django.utils import timezone
from PIL import Image
from terrain.attachments.attaching import attach
from terrain.files.keeping import keep
from terrain.notices.models import Notice
from terrain.people.about import tell_about
from terrain.direct.talking import begin
from terrain.notifications.mails import stop_key
from terrain.orders.order import ask, open_up
from terrain.people.steward import appoint
from terrain.push.models import Device
from terrain.reports.deciding import confirm, set_aside
from terrain.reports.reasons import Reason
from terrain.reports.report import report
from tests.push.told import signed_in_device
from terrain.spaces.opening import open_space
from terrain.thanks.contributing import share
from terrain.thanks.thanking import hide, thank

me = Person.objects.get(name="{WHO}")
other = Person.objects.get(name="Samira Benali")
space = Space.unscoped.get(name="Atelier 2")
closed = open_space(name="Plan de charge", about="Qui peut quoi, quand.", openness="closed", person=other)
own = open_space(name="Comité d’audit", about="", openness="closed", person=me)
Person.objects.filter(name="Abdel Bernard").update(left_on=timezone.localdate())
mine = Message.unscoped.filter(author=me, conversation__space__openness="open").order_by("written_at").first()
editing.edit(mine, me, mine.body + "<p>Et le n° de lot.</p>")
drawn = io.BytesIO()
Image.linear_gradient("L").save(drawn, "PNG")
attach(mine, [keep(me, SimpleUploadedFile("lot.png", drawn.getvalue()))])
signs = Count("reactions__emoji", distinct=True)
signed = Message.visible_to(me).annotate(signs=signs).order_by("-signs", "pk").first()
longest = Conversation.visible_to(me).filter(space__openness="open").order_by("-message_count").first()
thanked = mine.conversation.messages.exclude(author=me).exclude(author=None).first() or signed
for words in ("Le réglage tient toujours, trois mois après.", "Pour ta patience au téléphone, un vendredi soir."):
    thank(me, thanked.author, words, thanked)
thank(other, me, "Pour la photo du lot : on a vu le défaut tout de suite.", mine)
thank(other, me, "Pour le covoiturage de toute la semaine.", is_private=True)
hide(thank(other, me, "Pour le gâteau de lundi, et pour tout le reste."))
tell_about(me, {{
    "does": ("Je suis les rebuts et je fais parler les pièces.", "everybody"),
    "topics": ("soudure, plans de contrôle, lecture de cotes", "everybody"),
    "phone": ("06 12 34 56 78", "unit"), "zone": ("Europe/Warsaw", "spaces"),
}})
steward, second = Person.objects.get(name="Kévin Lopez"), Person.objects.get(name="Hélène Roy")
appoint(me)
appoint(second)
too_far = [replying.reply(longest, who, f"<p>{{words}}</p>") for who, words in (
    (other, "Encore un coup de la paie, ils ne savent pas compter."),
    (other, "Il paraît que Lucien boit."),
    (me, "Madame Perrot, de la Rivoire, habite rue des Lilas."),
)]
ordered = begin(me, [other], "<p>Le devis est dans le tiroir.</p>")
order = ask(steward, [me, other], "Tribunal judiciaire de Saint-Étienne, ordonnance n° 26/01234.")
open_up(order, me, "J’ai lu l’ordonnance : elle dit ces deux personnes et ces dates.")
Device.objects.filter(pk=signed_in_device(me).pk).update(failures=9, trouble="503 Service Unavailable")
made = report(too_far[0], me, Reason.HARASSMENT)
set_aside(too_far[1], steward, Reason.PERSONAL, "La santé de quelqu’un n’est à dire que par elle-même.")
confirm(set_aside(too_far[2], steward, Reason.PERSONAL, "Son adresse est à elle."), second, "Je confirme : pas ici.")
answer = {{
    "order": order.pk, "ordered": ordered.pk,
    "stop": stop_key(me),
    "report": made.pk, "reported": too_far[0].pk, "aside": too_far[1].pk, "own_aside": too_far[2].pk,
    "space": space.pk, "closed": closed.pk, "own": own.pk, "mine": mine.pk,
    "mine_in": mine.conversation_id, "longest": longest.pk, "signed": signed.pk, "thanked": thanked.pk,
    "shared": share(me, timezone.localdate(), timezone.localdate()).token,
    "somebody": other.pk, "gone": Person.objects.get(name="Abdel Bernard").pk, "unit": other.unit_id,
    "link": make_link(me),
    "notice": Notice.unscoped.get(voice="la qualité").pk,
}}
"""

Go = Callable[[Page, dict[str, Any]], object]


def at(path: str) -> Go:
    """Go to this address."""
    return lambda page, places: page.goto(path.format(**places))


def do(path: str, gesture: Callable[[Page], object], until: str) -> Go:
    """Go there and do something, until something else is seen."""

    def go(page: Page, places: dict[str, Any]) -> None:
        page.goto(path.format(**places))
        gesture(page)
        expect(page.locator(until).first).to_be_visible()
        # What the page draws anew is there before it says that it has done so.
        expect(page.locator("html:not([aria-busy])")).to_be_attached()

    return go


def send(page: Page, form: str, **fields: str) -> None:
    """Send a form as it is, whatever the browser thinks of it."""
    page.evaluate(
        """([selector, fields]) => {
            const form = document.querySelector(selector)
            form.noValidate = true
            for (const [name, value] of Object.entries(fields)) form.elements[name].value = value
            form.requestSubmit()
        }""",
        [form, fields],
    )


def press(selector: str) -> Callable[[Page], object]:
    return lambda page: page.locator(selector).first.click()


def a_link_to_nowhere(page: Page) -> None:
    page.locator("[name=address]").last.fill("nowhere")
    page.locator("main .button.main").click()


def begin_to_write(page: Page) -> None:
    page.locator("input[name=title]").fill("The probe")
    page.locator("select[name=space]").focus()


def plan_a_post(page: Page) -> None:
    page.locator("select[name=space]").select_option(index=1)
    page.locator(".writing").press_sequentially("Inventory, all hands")
    page.locator("details.later-part summary").click()
    page.locator("input[name=due]").fill(f"{timezone.localdate() + timedelta(days=3)}T08:00")
    page.get_by_role("button", name=re.compile("Publish then|Publier à ce")).click()


AT_THE_DOOR: dict[str, Go] = {
    "door": at("/enter"),
    "door, refused": do("/enter", partial(send, form="form.form:not(.choose)", email="nobody"), ".refused"),
    "link sent": do(
        "/enter", partial(send, form="form[action='/enter']", email="a@b.example"), "a[href='/enter']"
    ),
    "password": at("/enter/password"),
    "password, refused": do(
        "/enter/password",
        partial(send, form="form[action='/enter/password']", email="a@b.example", password="not mine"),
        ".refused",
    ),
    "link": at("/enter/{link}"),
    "dead link": at("/enter/cut-short"),
}

INSIDE: dict[str, Go] = {
    "feed": at("/"),
    "space": at("/spaces/{space}"),
    "space, writing by mail": at("/spaces/{space}/by-mail"),
    "space, leaving it": do("/spaces/{space}", press(".hero summary"), ".hero .menu .button"),
    "space, closed": at("/spaces/{closed}"),
    "conversation": at("/conversations/{longest}"),
    "conversation, a part of it": at("/conversations/{longest}?around=15"),
    "conversation, one's own": at("/conversations/{mine_in}"),
    "conversation, choosing a sign": do(
        "/messages/{signed}", press(".message:target .signs summary"), ":target .signs button"
    ),
    "conversation, what else": do(
        "/conversations/{mine_in}", press("#m1 .what summary"), "#m1 .what[open] [data-copy]"
    ),
    "what can be done": at("/messages/{mine}/acts"),
    "conversation, writing": do("/conversations/{mine_in}", press("rich-text textarea"), ".writing"),
    "conversation, answering a message": at("/conversations/{mine_in}?reply_to={mine}#write"),
    "conversation, refused": do("/conversations/{mine_in}", partial(send, form="#write"), ".refused"),
    "page too old": do(
        "/conversations/{mine_in}",
        partial(send, form="#write", csrfmiddlewaretoken="old", body="Written for nothing?"),
        "main textarea[name=body]",
    ),
    "direct": at("/direct"),
    "write to somebody": at("/direct/new?q=sa"),
    "write to somebody, chosen": at("/direct/new?to=1&to=2"),
    "edit": at("/messages/{mine}/edit"),
    "thank somebody": at("/people/{somebody}/thanks"),
    "thank for a message, refused": do(
        "/messages/{signed}/thanks", partial(send, form="form.form", words="Merci"), ".refused"
    ),
    "thanks": at("/messages/{thanked}/thanks"),
    "thanks, under a message": at("/messages/{thanked}"),
    "contributions": at("/contributions"),
    "contributions, shared": at("/contributions/{shared}"),
    "who knows": at("/who-knows?q=presse"),
    "who knows, nobody": at("/who-knows?q=xyzzy"),
    "desk": at("/desk"),
    "topics": at("/topics"),
    "topic": at("/topics/securite"),
    "drafts, none": at("/drafts"),
    "new post, kept": do("/posts/new", begin_to_write, "[data-keep] button"),
    "drafts": at("/drafts"),
    "drafts, discarded": do("/drafts", press("main .card button"), "main .nothing"),
    "what a host can do": at("/hosts"),
    "guarantees": at("/guarantees"),
    "public log": at("/log"),
    "stewards": at("/stewards"),
    "legal orders": at("/orders"),
    "legal orders, refused": do("/orders", partial(send, form="form.form", people="x@y.fr"), ".refused"),
    "legal order": at("/orders/{order}"),
    "legal order, told": at("/conversations/{ordered}"),
    "for you": at("/for-you"),
    "told by mail, refused": do(
        "/settings",
        partial(send, form="form[action$=attention]", quiet_from="06:31", quiet_until="06:30"),
        ".refused",
    ),
    "no more mails": at("/mail/stop/{stop}"),
    "reports": at("/reports"),
    "report": at("/reports/{report}"),
    "decide": at("/messages/{reported}/handling"),
    "decide, refused": do(
        "/messages/{reported}/handling",
        partial(send, form="form[action$=setting-aside]", words="Non"),
        ".refused",
    ),
    "set aside by one": at("/messages/{aside}/handling"),
    "set aside, in its place": at("/messages/{aside}"),
    "set aside, one's own": at("/messages/{own_aside}/appeal"),
    "public log, of a space": at("/log?space={own}"),
    "outcomes": at("/conversations/{mine_in}/outcomes"),
    "share": at("/conversations/{mine_in}/shares"),
    "catch up": at("/catch-up"),
    "ideas": at("/ideas"),
    "new idea": at("/ideas/new"),
    "late answers": at("/ideas/late"),
    "what I owe": at("/owed"),
    "saved": at("/saved"),
    "search": at("/search"),
    "search, everything": at("/search?q=presse"),
    "search, messages": at("/search?q=presse&sort=messages"),
    "search, nothing": at("/search?q=xyzzyqwf"),
    "search, kept": do(
        "/search?q=presse", press(".follow-search button"), ".follow-search [aria-pressed=true]"
    ),
    "searches kept": at("/search/saved"),
    "searched in vain": at("/search/missing"),
    "search, refused": at("/search?q=de:personnequinestpas"),
    "search, answers while typing": do(
        "/search", lambda page: page.locator("[data-answers]").fill("pres"), ".results mark"
    ),
    "withdraw": at("/messages/{mine}/withdrawal"),
    "reactions": at("/messages/{signed}/reactions?q=ca"),
    "version": at("/messages/{mine}/version"),
    "describe the pictures": at("/messages/{mine}/alts"),
    "passages": at("/messages/{mine}/passages"),
    "edits": at("/messages/{mine}/edits"),
    "new post": at("/posts/new"),
    "new post, refused": do("/posts/new", partial(send, form="form.write", title="x" * 200), "#space-error"),
    "new post, a poll": do("/posts/new", press("details.poll-part summary"), "input[name=poll_choice]"),
    "new post, an event": do("/posts/new", press("details.event-part summary"), "input[name=event_begins]"),
    "agenda": at("/agenda"),
    "notices": at("/notices"),
    "notice, on top": at("/conversations/{notice}"),
    "new notice, refused": do("/notices/new", partial(send, form="form.write", voice=""), "#space-error"),
    "new post, later": do("/posts/new", press("details.later-part summary"), "input[name=due]"),
    "drafts, one to come": do("/posts/new?draft=", plan_a_post, "main .due"),
    "drafts, it discarded": do(
        "/drafts",
        press("main .card button[formaction*='drafts/']:not([formaction*=planning])"),
        "main .nothing",
    ),
    "spaces": at("/spaces"),
    "space, what members can do": do("/spaces/{space}", press(".hero .what summary"), ".hero .what .button"),
    "a space's words": at("/spaces/{space}/words"),
    "a space's rules, refused": do(
        "/spaces/{space}/rules", partial(send, form="main form", rules="mot " * 151), "#rules-error"
    ),
    "a space's menu": at("/spaces/{space}/menu"),
    "a space's menu, refused": do("/spaces/{space}/menu", a_link_to_nowhere, ".link-row .refused"),
    "a space's history": at("/spaces/{space}/history"),
    "spaces handed over": at("/handed-over"),
    "for whom a space is": at("/spaces/{space}/openness"),
    "spaces, none": at("/spaces?q=nothing+of+that+name"),
    "new space": at("/spaces/new"),
    "new space, alike": do(
        "/spaces/new", lambda page: page.locator("[name=name]").fill("Atelier"), "#alike .answer"
    ),
    "new space, alike, sent": do(
        "/spaces/new", partial(send, form="form.form", name="Atelier", about=""), "[name=anyway]"
    ),
    "new space, refused": do("/spaces/new", partial(send, form="form.form", name=""), ".refused"),
    "members": at("/spaces/{space}/members"),
    "members, letting in": at("/spaces/{own}/members?q=martin"),
    "directory": at("/people"),
    "directory, none": at("/people?q=nobody+of+that+name"),
    "unit": at("/units/{unit}"),
    "chart": at("/chart"),
    "chart, opened": do("/chart", press(".branch .unit"), "[role=group], h1"),
    "chart of a unit": at("/chart/{unit}"),
    "profile": at("/people/{somebody}"),
    "profile, gone": at("/people/{gone}"),
    "me": at("/me"),
    "my page": at("/me/profile"),
    "my picture": at("/me/portrait"),
    "my picture, none": do("/me/portrait", partial(send, form="main form"), "#picture-error"),
    "my page, refused": do(
        "/me/profile", partial(send, form="form.telling", topics=",".join(map(str, range(13)))), ".refused"
    ),
    "settings": at("/settings"),
    "password, too short": do(
        "/settings", partial(send, form="form[action='/settings/password']", password="short"), ".refused"
    ),
    "not found": at("/nowhere"),
}


FRENCH = LOOKS["wide-light-French"]
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "feed": ("", FRENCH),
    "feed-phone": ("", {**LOOKS["phone-dark-French"], "color_scheme": "light", "device_scale_factor": 2}),
    "conversation": (".talk h3 a >> text=presse 4", FRENCH),
    "conversation-dark": (".talk h3 a >> text=presse 4", {**FRENCH, "color_scheme": "dark"}),
    "space": (".rail a >> text=Atelier 2", FRENCH),
    "directory": (".rail a >> text=Annuaire", FRENCH),
    "agenda": (".rail a >> text=Agenda", FRENCH),
    "notices": (".rail a >> text=Annonces", FRENCH),
    "poll": ("La semaine de quatre jours", FRENCH),
    "outcome": ("Pied à coulisse", FRENCH),
    "profile": (".self", FRENCH),
    "write-phone": (".tabbar .add", {**LOOKS["phone-dark-French"], "device_scale_factor": 2}),
}
"""Pictures by their name: what to press in the feed to be there, or a title; and in which look."""

COLOURS = """async hex => {
    const bytes = Uint8Array.from(hex.match(/../g), pair => parseInt(pair, 16))
    const picture = await createImageBitmap(new Blob([bytes], {type: "image/png"}))
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    const drawn = canvas.getContext("2d")
    drawn.drawImage(picture, 0, 0)
    return new Set(new Uint32Array(drawn.getImageData(0, 0, picture.width, picture.height).data.buffer)).size
}"""


# First, while the company is as it was planted.
@pytest.mark.parametrize("name", PICTURES)
def test_its_picture_is_taken(visit: Open, site: Site, pictures: Path, name: str) -> None:
    way, look = PICTURES[name]
    page = visit(WHO, **look)
    if way and not way.startswith("."):
        page.goto(
            f"/conversations/{site.told(f'answer = Conversation.unscoped.get(title__startswith={way!r}).pk')}"
        )
    elif way:
        page.locator(way).first.click()
        page.wait_for_url(lambda address: urlsplit(address).path != "/")
        expect(page.locator("main h1")).to_be_visible()
    page.evaluate("document.fonts.ready")
    picture = pictures / f"{name}.png"
    page.screenshot(path=picture)
    colours = page.context.new_page().evaluate(COLOURS, picture.read_bytes().hex())
    assert colours > 200, "it is blank, or nearly so"


@dataclass
class Seen:
    """What was found on the pages of one look, by the page's name; empty where all is well."""

    axe: dict[str, list[str]] = field(default_factory=dict)
    wide: dict[str, list[str]] = field(default_factory=dict)
    small: dict[str, list[str]] = field(default_factory=dict)
    hard: dict[str, list[str]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def places(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = site.told(PREPARED)
    return found


@pytest.fixture(scope="module", params=list(LOOKS))
def seen(
    request: pytest.FixtureRequest, browser: Browser, site: Site, places: dict[str, Any]
) -> Iterator[Seen]:
    """All pages, gone through once in this look."""
    look = LOOKS[request.param]
    found = Seen()
    with ExitStack() as stack:
        for who, pages in (("", AT_THE_DOOR), (WHO, INSIDE)):
            page = opened(stack, browser, site, who, found.complaints, **look)
            for name, go in pages.items():
                go(page, places)
                _look_at(page, name, look, found)
        yield found


def _look_at(page: Page, name: str, look: dict[str, Any], found: Seen) -> None:
    page.evaluate(AXE)
    if serious := page.evaluate(ASK_AXE):
        found.axe[name] = serious
    is_phone = look.get("is_mobile", False)
    size = look["viewport"]
    for width in (size["width"], 320) if is_phone else (size["width"],):
        if width != size["width"]:
            page.set_viewport_size({**size, "width": width})
        for what, problems in page.evaluate(LOOKING, {"width": width, "isPhone": is_phone}).items():
            if problems:
                getattr(found, what)[f"{name}, {width} pixels"] = problems
    if is_phone:
        page.set_viewport_size(size)


def listed(found: dict[str, list[str]]) -> str:
    """All of it, a page a line."""
    return "".join(f"\n{page}: {'; '.join(problems)}" for page, problems in found.items())


def test_axe_finds_nothing_serious(seen: Seen) -> None:
    assert listed(seen.axe) == ""


def test_no_page_scrolls_sideways(seen: Seen) -> None:
    assert listed(seen.wide) == ""


def test_what_can_be_pressed_is_large_enough(seen: Seen) -> None:
    assert listed(seen.small) == ""
    assert listed(seen.hard) == ""


def test_no_page_complains_or_asks_another_host(seen: Seen) -> None:
    assert "\n".join(seen.complaints) == ""


def test_pages_are_small_and_the_editor_waits_for_somebody_to_write(visit: Open) -> None:
    page = visit("Samira Benali")
    page.goto("/")
    assert 1_000 < weight(page, page.url) < 25_000
    page.locator(".talk h3 a").first.click()
    page.locator(".message .signs summary").first.click()
    page.locator(".message .signs button").first.click()
    expect(page.locator(".message .react[aria-pressed=true]").first).to_be_visible()
    to_read = scripts(page)
    assert [each for each in to_read if not re.search(r"\.[0-9a-f]{12}\.js$", each)] == []
    assert 1_000 < sum(weight(page, each) for each in to_read) < 60_000
    page.locator("rich-text textarea").click()
    expect(page.locator(".writing")).to_be_visible()
    assert 1_000 < sum(weight(page, each) for each in scripts(page) - to_read) < 160_000


def scripts(page: Page) -> set[str]:
    """The addresses of all scripts that a page has asked for."""
    names = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    return {name for name in names if name.endswith(".js")}


def weight(page: Page, address: str) -> int:
    """Bytes that go through the network for this address, compressed as any browser asks for."""
    cookies = "; ".join(f"{each.get('name')}={each.get('value')}" for each in page.context.cookies())
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip", "Cookie": cookies})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert answer.headers["Content-Encoding"] == "gzip", address
        return len(answer.read())
