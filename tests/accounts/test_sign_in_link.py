"""A link by mail opens the door once, within fifteen minutes, to one person."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from terrain.accounts.jobs import AT_MOST, send_link, sweep
from terrain.accounts.links import BY_COMMAND, DeadLink, SignInLink, check, make_link, use
from terrain.accounts.passwords import Failure
from terrain.people.models import Person
from tests.cast import Cast

FRENCH = {"Accept-Language": "fr"}


@pytest.fixture(autouse=True)
def _mails_stay_here(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    mail.outbox = []


def work() -> int:
    """Do what was left to the worker, with the very arguments that wait in the database."""
    waiting = ProcrastinateJob.objects.filter(task_name="accounts.send_link", status="todo").order_by("id")
    jobs = list(waiting.values_list("args", flat=True))
    for arguments in jobs:
        send_link(**arguments)
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where task_name = 'accounts.send_link'")
    return len(jobs)


def ask(client: Client, email: str, **options: object) -> str:
    """Ask at the door for a link, and let the worker send it; gives the page that answers."""
    answer = client.post("/enter", {"email": email, **options}, headers=FRENCH)
    assert answer.status_code == 200
    work()
    return answer.content.decode()


def path_in(message: mail.EmailMessage) -> str:
    """The path of the link in a mail."""
    found = re.search(r"http://testserver(/enter/[\w-]{43})\s", str(message.body))
    assert found
    return found[1]


def test_the_whole_way_in(cast: Cast) -> None:
    browser = cast.client()
    assert "un lien est en route" in ask(browser, "  LOIC.morvan@rivoire.example ")
    (sent,) = mail.outbox
    assert sent.to == ["loic.morvan@rivoire.example"]
    assert sent.subject == "Ateliers Rivoire\u00a0: votre lien pour entrer"
    assert "Bonjour Loïc Morvan," in str(sent.body)
    html = str(sent.alternatives[0][0])  # type: ignore[attr-defined]
    path = path_in(sent)
    assert f'href="http://testserver{path}"' in html
    assert "Loïc Morvan" in browser.get(path).content.decode()
    assert browser.post(path).headers["Location"] == "/"
    assert "<h1>Loïc Morvan</h1>" in browser.get("/me").content.decode()
    cast.loic.refresh_from_db()
    assert cast.loic.last_login


def test_the_mail_speaks_the_person_s_language_else_the_browser_s(cast: Cast) -> None:
    Person.objects.filter(pk=cast.loic.pk).update(language="en")
    ask(cast.client(), cast.loic.email)
    ask(cast.client(), cast.ines.email)
    assert [each.body.split()[0] for each in mail.outbox] == ["Hello", "Bonjour"]


def test_a_program_that_opens_links_does_not_use_them_up(cast: Cast) -> None:
    path = f"/enter/{make_link(cast.loic)}"
    for _ in range(3):
        assert cast.client().get(path).status_code == 200
        assert cast.client().head(path).status_code in (200, 405)
    browser = cast.client()
    assert browser.post(path).status_code == 302
    assert browser.get("/me").status_code == 200


def test_a_link_opens_the_door_once(cast: Cast) -> None:
    token = make_link(cast.loic)
    assert use(token) == cast.loic
    with pytest.raises(DeadLink, match="used"):
        use(token)


def test_the_link_itself_is_not_kept(cast: Cast) -> None:
    token = make_link(cast.loic)
    assert token not in str(list(SignInLink.objects.values()))


@pytest.mark.parametrize(
    ("why", "in_french", "in_english"),
    [
        ("used", "Il a déjà servi", "It has been used already"),
        ("old", "Il est trop ancien", "It is too old"),
        ("wrong", "Il ne vient pas d’ici", "It is not one of ours"),
        ("left", "Il ne vient pas d’ici", "It is not one of ours"),
    ],
)
def test_a_dead_link_says_why_and_offers_a_new_one(
    cast: Cast, why: str, in_french: str, in_english: str
) -> None:
    token = make_link(cast.loic)
    if why == "used":
        use(token)
    if why == "old":
        SignInLink.objects.update(ends_at=timezone.now())
    if why == "wrong":
        token = token[:-1] + ("a" if token[-1] != "a" else "b")
    if why == "left":
        Person.objects.filter(pk=cast.loic.pk).update(left_on=timezone.localdate())
    browser = cast.client()
    for language, said in (("fr", in_french), ("en", in_english)):
        for ask_for in (browser.get, browser.post):
            answer = ask_for(f"/enter/{token}", headers={"Accept-Language": language})
            assert answer.status_code == 410
            assert said in answer.content.decode()
            assert 'action="/enter"' in answer.content.decode()
            assert 'name="email"' in answer.content.decode()
    assert browser.get("/me").status_code == 302
    if why == "used":
        ask(browser, cast.loic.email)
        assert len(mail.outbox) == 1


def test_a_mailed_link_lasts_a_quarter_of_an_hour(cast: Cast) -> None:
    token = make_link(cast.loic)
    link = check(token)
    assert timedelta(minutes=14) < link.ends_at - timezone.now() <= timedelta(minutes=15)
    SignInLink.objects.update(ends_at=timezone.now() + timedelta(seconds=30))
    assert check(token)


def test_nobody_learns_at_the_door_who_is_here(cast: Cast) -> None:
    pages = {
        email: re.sub(r'value="\w+"', "", ask(cast.client(), email).replace(email, "…"))
        for email in (cast.loic.email, "nobody@rivoire.example")
    }
    assert len(set(pages.values())) == 1
    assert [each.to for each in mail.outbox] == [[cast.loic.email]]


def test_who_has_left_is_sent_nothing(cast: Cast) -> None:
    Person.objects.filter(pk=cast.loic.pk).update(left_on=timezone.localdate())
    ask(cast.client(), cast.loic.email)
    assert mail.outbox == []


def test_at_most_five_links_in_a_quarter_of_an_hour(cast: Cast) -> None:
    for _ in range(AT_MOST + 3):
        ask(cast.client(), cast.loic.email)
    assert len(mail.outbox) == AT_MOST == 5
    ask(cast.client(), cast.ines.email)
    assert mail.outbox[-1].to == [cast.ines.email]
    SignInLink.objects.filter(person=cast.loic).update(made_at=timezone.now() - timedelta(minutes=16))
    ask(cast.client(), cast.loic.email)
    assert mail.outbox[-1].to == [cast.loic.email]


@pytest.mark.parametrize(
    ("email", "in_french", "in_english"),
    [
        ("", "Écrivez votre adresse", "Write your address"),
        ("loic", "Cela ne ressemble pas à une adresse", "This does not look like a mail address"),
        ("loic@rivoire.example\0", "", ""),
        ("l@" + "x" * 300 + ".example", "", ""),
    ],
)
def test_an_address_that_is_none_is_refused_beside_the_field(
    cast: Cast, email: str, in_french: str, in_english: str
) -> None:
    for language, said in (("fr", in_french), ("en", in_english)):
        answer = cast.client().post("/enter", {"email": email}, headers={"Accept-Language": language})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'aria-describedby="email-error"' in page
        assert said in page.split('id="email-error"')[1]
    assert work() == 0


@override_settings(SITE_URL="https://intranet.example")
def test_the_link_starts_with_the_address_that_is_set(cast: Cast) -> None:
    ask(cast.client(), cast.loic.email)
    assert "https://intranet.example/enter/" in str(mail.outbox[0].body)


def test_the_night_sweeps_what_has_ended(cast: Cast) -> None:
    kept, swept = make_link(cast.loic, BY_COMMAND), make_link(cast.loic)
    SignInLink.objects.exclude(pk=check(kept).pk).update(ends_at=timezone.now() - timedelta(days=8))
    Failure.objects.create(address_hash="a")
    Failure.objects.create(address_hash="b")
    Failure.objects.filter(address_hash="a").update(failed_at=timezone.now() - timedelta(hours=1))
    sweep(0)
    assert check(kept)
    with pytest.raises(DeadLink, match="wrong"):
        check(swept)
    assert [each.address_hash for each in Failure.objects.order_by("id")] == ["b"]
