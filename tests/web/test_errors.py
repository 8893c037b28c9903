"""What went wrong is said in the person's language, and what they were writing is given back."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.cast import Cast


def without_token(html: bytes) -> str:
    """A page but for what is drawn by chance in each."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html.decode())


def test_what_is_unknown_and_what_is_out_of_scope_are_the_same_page(cast: Cast) -> None:
    browser = cast.client(cast.marek)
    hidden = [
        f"/spaces/{cast.secret.pk}",
        f"/spaces/{cast.secret.pk}/members",
        f"/spaces/{cast.closed.pk}/members",
        f"/conversations/{cast.in_secret.pk}",
        f"/conversations/{cast.in_closed.pk}",
        f"/messages/{cast.first(cast.in_secret).pk}",
        f"/messages/{cast.first(cast.in_closed).pk}/edits",
        f"/messages/{cast.first(cast.in_open).pk}/edit",
    ]
    never = [re.sub(r"\d+", "987654321", path, count=1) for path in hidden]
    pages = [browser.get(path) for path in [*hidden, *never, "/nowhere", "/people/987654321"]]
    assert {page.status_code for page in pages} == {404}
    assert len({without_token(page.content) for page in pages}) == 1
    assert len({frozenset(page.headers) for page in pages}) == 1


@pytest.mark.parametrize("thing", ["spaces", "conversations", "messages", "people", "units"])
@pytest.mark.parametrize("number", ["0", "9223372036854775807", "9223372036854775808", "9" * 60])
def test_no_number_is_too_large_to_be_unknown(cast: Cast, thing: str, number: str) -> None:
    assert cast.client(cast.loic).get(f"/{thing}/{number}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/?before=nan-1", "/?before=1e999-1", "/?before=-", "/?before=1-99999999999999999999999"),
        *("/?before=2-²", "/people?page=0", "/people?page=-1", "/people?page=²", "/people?page=" + "9" * 30),
        *("/people?page=" + "1" * 5000, "/people?q=%00", "/people?q=%25", "/people?q=%5C", "/spaces?q=%00"),
        *("/spaces/names?name=%00%00%00", "/spaces/names?name=%FF%FE%FF", "/posts/new?space=%00"),
        *("/posts/new?space=²", "/enter/password?next=%00", "/enter/%00"),
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_no_fault(cast: Cast, path: str) -> None:
    assert cast.client(cast.loic).get(path).status_code in (200, 302, 404, 410)


@pytest.mark.parametrize("name", ["around", "from", "since", "reply_to", "end"])
@pytest.mark.parametrize("value", ["", "0", "-1", "²", "9" * 40, "%00", "1' or 1=1"])
def test_a_conversation_opens_whatever_its_address_asks_for(cast: Cast, name: str, value: str) -> None:
    answer = cast.client(cast.loic).get(f"/conversations/{cast.in_open.pk}?{name}={value}")
    assert answer.status_code == 200
    assert "La scelleuse chauffe" in answer.content.decode()


@pytest.mark.parametrize("value", ["²", "9" * 40, "9" * 5000, "-1", "0", "\x00"])
def test_a_reply_to_nothing_that_exists_is_no_fault(cast: Cast, value: str) -> None:
    browser, path = cast.client(cast.loic), f"/conversations/{cast.in_open.pk}/messages"
    for body in ("", "Une réponse."):
        assert browser.post(path, {"body": body, "reply_to": value}).status_code in (302, 422)


def test_a_form_without_its_token_gives_back_what_was_written(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.loic)
    path, written = f"/conversations/{cast.in_open.pk}/messages", "Trois lignes & un <b>mot</b>\nperdues ?"
    sent = {"body": written, "key": "4f0c2f5e-5d0f-4f0e-8b67-1f2f6f0e2a11", "csrfmiddlewaretoken": "old"}
    answer = browser.post(path, sent, headers={"Accept-Language": "fr"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Cette page était ouverte depuis trop longtemps" in page
    given_back = re.search(r'<textarea name="body"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert given_back
    assert unescape(given_back[1]) == written
    assert f'name="key" value="{sent["key"]}"' in page
    assert cast.in_open.messages.count() == 2

    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    again = browser.post(path, sent | {"csrfmiddlewaretoken": token[1]})
    assert again.status_code == 302
    assert cast.in_open.messages.count() == 3


def test_a_password_is_never_given_back(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/enter/password", {"email": cast.loic.email, "password": "correct horse"})
    assert answer.status_code == 403
    assert "correct horse" not in answer.content.decode()
    assert cast.loic.email in answer.content.decode()


def test_nothing_can_be_asked_of_a_page_in_another_way_than_its_own(cast: Cast) -> None:
    browser = cast.client(cast.loic)
    assert browser.post("/").status_code == 405
    assert browser.put("/people").status_code == 405
    assert browser.get(f"/spaces/{cast.open.pk}/membership").status_code == 405
