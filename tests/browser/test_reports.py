"""The life of a report on its three sides: who reports, who wrote it, who decides; the clock moved, not waited for."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Open, Site

pytestmark = pytest.mark.browser

REPORTS, WROTE, HOST, STEWARD = "Céline Vacher", "Samira Benali", "Inès Fabre", "Hélène Roy"
WORDS = "Lucien boit, tout le monde le sait à la presse 4."

PREPARED = f"""
from terrain.people.steward import appoint, dismiss, stewards
from terrain.hosting.hosting import volunteer
from terrain.spaces.joining import join
for somebody, _ in stewards():
    dismiss(somebody)
space = Space.unscoped.get(name="Sécurité au poste")
for name in ("{REPORTS}", "{WROTE}", "{HOST}"):
    join(space, Person.objects.get(name=name))
volunteer(space, Person.objects.get(name="{HOST}"))
appoint(Person.objects.get(name="{STEWARD}"))
opener = Person.objects.get(name="Manon Mercier")
here = opening.open_conversation(space, opener, "<p>Qui a vu la presse ?</p>", title="La presse 4")
said = replying.reply(here, Person.objects.get(name="{WROTE}"), "<p>{WORDS}</p>")
answer = {{"here": here.pk, "said": said.pk}}
"""
A_DAY_LATER = """
from datetime import timedelta
from django.utils import timezone
from terrain.reports.deciding import let_lapse
answer = let_lapse(timezone.now() + timedelta(hours=24, minutes=1))
"""


def words_of(page: Page) -> str:
    return page.locator("main").inner_text()


def decide(page: Page, act: str, words: str, button: str) -> None:
    form = page.locator(f"form[action$='/{act}']")
    form.locator("textarea").fill(words)
    form.get_by_role("button", name=button).click()


def test_the_life_of_a_report(site: Site, visit: Open) -> None:
    made = site.told(PREPARED)
    here, said = f"/conversations/{made['here']}", f"/messages/{made['said']}"
    reporter, author, host = visit(REPORTS, **PHONE), visit(WROTE, **WIDE), visit(HOST, **WIDE)

    # Two taps: the menu of the message, the reason.
    reporter.goto(site.address + here)
    reporter.locator("#m2 .what summary").tap()
    reporter.locator("#m2 .too-far").get_by_role("button", name="Somebody’s private life").tap()
    expect(reporter.get_by_role("heading", name="Thank you: it is reported")).to_be_visible()
    own = reporter.url
    reporter.get_by_label("A sentence more, if you like").fill("C’est sa santé.")
    reporter.get_by_role("button", name="Add it").tap()

    # Who looks after the space finds it on their desk, and first says a word to who wrote it.
    host.goto(site.address + "/desk")
    expect(host.get_by_text("Reported by 1 person")).to_be_visible()
    host.get_by_role("link", name="Decide").click()
    expect(host.get_by_text("C’est sa santé.")).to_be_visible()
    assert REPORTS not in words_of(host)
    decide(host, "word", "Bonjour Samira, relis-toi : c’est la santé de Lucien.", f"Send it to {WROTE}")
    expect(host.get_by_text(f"{HOST} spoke to the author")).to_be_visible()
    author.goto(site.address + "/direct")
    expect(author.get_by_text("c’est la santé de Lucien").first).to_be_visible()

    # Set aside by one, it is gone from the open page of who reads, and comes back by itself after a day.
    host.locator("select[name=reason]").select_option(label="Somebody’s private life")
    decide(host, "setting-aside", "La santé de quelqu’un n’est à dire que par elle-même.", "Set it aside")
    expect(host.get_by_text("You began this")).to_be_visible()
    author.goto(site.address + here)
    expect(author.locator("#m2")).to_contain_text("Message set aside")
    assert WORDS not in words_of(author)
    author.get_by_role("link", name="Your words, and what you can do").click()
    expect(author.get_by_text(WORDS)).to_be_visible()
    assert site.told(A_DAY_LATER) >= 1
    author.goto(site.address + here)
    expect(author.locator("#m2")).to_contain_text(WORDS)

    # Again, and a second person confirms it: who reported gets the answer.
    host.goto(site.address + said + "/handling")
    host.locator("select[name=reason]").select_option(label="Somebody’s private life")
    decide(host, "setting-aside", "La santé de quelqu’un n’est à dire que par elle-même.", "Set it aside")
    expect(host.get_by_text("You began this")).to_be_visible()
    second = visit(STEWARD, **PHONE)
    second.goto(site.address + "/reports")
    second.get_by_role("link", name="Decide").tap()
    decide(second, "confirmation", "Je confirme : Lucien n’a rien demandé à personne.", "Confirm")
    expect(second.get_by_text(f"Confirmed by {STEWARD}")).to_be_visible()
    reporter.goto(own)
    expect(reporter.get_by_text("Lucien n’a rien demandé à personne")).to_be_visible()

    # The author asks once that somebody else looks: neither of the two may, a third gives it back.
    author.goto(site.address + said + "/appeal")
    author.get_by_label("Why it should come back").fill("Il me l’avait permis, devant témoins.")
    author.get_by_role("button", name="Ask").click()
    expect(author.get_by_text("You asked that somebody else looks at it again.")).to_be_visible()
    host.goto(site.address + said + "/handling")
    expect(host.get_by_text("You had a part in it: it takes somebody else.")).to_be_visible()
    site.told(
        "from terrain.people.steward import appoint\n"
        'appoint(Person.objects.get(name="Florence Delmas"))\nanswer = 1'
    )
    judge = visit("Florence Delmas", **WIDE)
    judge.goto(site.address + "/reports")
    judge.get_by_role("link", name="Decide").click()
    decide(judge, "verdict", "Lucien me l’a dit : il est d’accord.", "Give it back its place")
    expect(judge.get_by_text("First, a word to the author")).to_be_visible()
    author.goto(site.address + here)
    expect(author.locator("#m2")).to_contain_text(WORDS)

    # All of it in public, but the words.
    reporter.goto(site.address + "/log")
    log = words_of(reporter)
    assert "Lucien" not in log
    for told in (
        f"{HOST} set a message aside, for a day",
        "A message came back by itself",
        f"{STEWARD} confirmed that a message is set aside",
        "Florence Delmas looked at it again, and gave a message back its place",
    ):
        assert told in log
