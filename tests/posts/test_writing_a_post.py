"""Writing a post: published at once where one may write, and what is refused is said beside the field, text kept."""

import re
import uuid
from html import unescape

import pytest
from django.test import Client

from terrain.conversations.models import Conversation, Message
from tests.cast import Cast
from tests.conversations.counting import untrue_counts

BAD = [
    ("", "Il n’y a encore rien à lire\u00a0: écrivez quelques mots.", "There is nothing to read yet: write"),
    (" \n\u200b\u00a0", "Il n’y a encore rien à lire\u00a0: écrivez quelques mots.", "There is nothing to read yet"),
    ("<p><br></p>", "Il n’y a encore rien à lire\u00a0: écrivez quelques mots.", "There is nothing to read yet"),
    ("<script>alert(1)</script>", "Il n’y a encore rien à lire", "There is nothing to read yet"),
    (
        "mot " * 25_000,
        "Ce message a 100\u202f000 caractères",
        "This message has 100,000 characters; it may have 50,000. Could it be said in two messages?",
    ),
    ("PK\x03\x04\x14 binaire \x7f", "Ce n’est pas du texte", "This is not text: a file was pasted, it seems."),
    ("%PDF-1.7\x00\x01\x02", "Ce n’est pas du texte", "This is not text: a file was pasted, it seems."),
]  # fmt: skip
LANGUAGES = ["fr", "en"]


def plain(text: str) -> str:
    """A text with spaces of one sort: which of them do not break is the catalogue's business."""
    return re.sub(r"\s", " ", text)


def beside(page: str, field: str) -> str:
    """The sentence beside a field, to which the field points."""
    assert re.search(rf'name="{field}"[^>]*aria-invalid="true" aria-describedby="{field}-error"', page)
    sentence = re.search(rf'<p class="refused" id="{field}-error" role="alert">(.*?)</p>', page, re.DOTALL)
    assert sentence
    return plain(unescape(sentence[1]))


def field(page: str) -> str:
    """What stands in the bare field of a page."""
    found = re.search(r'<textarea name="body"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    return unescape(found[1])


def write(client: Client, cast: Cast, **sent: object) -> Conversation:
    """Send the form, and find what it opened."""
    answer = client.post("/posts/new", {"space": cast.open.pk, "body": "Bonjour.", "title": ""} | sent)
    assert answer.status_code == 302, answer.content.decode()
    return Conversation.unscoped.get(pk=answer.headers["Location"].rsplit("/", 1)[1])


def test_a_post_is_published_at_once_for_all_who_read_its_space(cast: Cast) -> None:
    opened = write(cast.client(cast.ines), cast, body="Qui a la clé\ndu local ?", title=" La clé ")
    assert (opened.title, opened.kind, opened.author, opened.space) == (
        "La clé",
        "post",
        cast.ines,
        cast.open,
    )
    page = cast.client(cast.samira).get("/").content.decode()
    assert "La clé" in page
    assert "Qui a la clé du local" in plain(page)
    assert untrue_counts() == []


def test_whoever_reads_an_open_space_may_write_in_it(cast: Cast) -> None:
    assert write(cast.client(cast.marek), cast).author == cast.marek


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("body", "in_french", "in_english"), BAD, ids=lambda each: repr(each[:12]))
def test_a_bad_message_is_refused_in_a_sentence_and_its_text_is_kept(
    cast: Cast, language: str, body: str, in_french: str, in_english: str
) -> None:
    client, sentence = cast.client(cast.ines), in_french if language == "fr" else in_english
    spoken = {"Accept-Language": language}
    form = {"body": body, "space": cast.open.pk, "title": "La clé"}
    for path, sent in (
        ("/posts/new", form),
        (f"/conversations/{cast.in_open.pk}/messages", {"body": body}),
        (f"/messages/{cast.answer(cast.in_open).pk}/edit", {"body": body}),
    ):
        reader = client if "edit" not in path else cast.client(cast.loic)
        answer = reader.post(path, sent, headers=spoken)
        page = answer.content.decode()
        assert answer.status_code == 422, path
        assert plain(sentence) in beside(page, "body")
        assert plain(field(page)).strip() == plain(body).strip()
    page = client.post("/posts/new", form, headers=spoken).content.decode()
    assert 'value="La clé"' in page
    assert f'<option value="{cast.open.pk}" selected>' in page
    assert cast.answer(cast.in_open).body == "<p>La sonde est décalée.</p>"
    assert Message.unscoped.count() == 6


def test_what_the_editor_wrote_is_given_back_to_the_editor(cast: Cast) -> None:
    body = "<p>Un <strong>mot</strong></p><ul><li>et une liste</li></ul>"
    answer = cast.client(cast.ines).post("/posts/new", {"body": body, "space": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert field(page) == body
    given = re.search(r'<rich-text name="body" value="([^"]*)"', page)
    assert given
    assert unescape(given[1]) == body


def test_markup_that_runs_styles_or_spies_is_published_without_it(cast: Cast) -> None:
    body = '<p onclick="x()" style="color:red">Bonjour <img src="https://spy.example/p.gif"><script>x()</script></p>'
    opened = write(cast.client(cast.ines), cast, body=body)
    assert Message.unscoped.get(conversation=opened).body == "<p>Bonjour </p>"


def test_a_title_is_text_whatever_it_looks_like(cast: Cast) -> None:
    opened = write(cast.client(cast.ines), cast, title="<script>alert(1)</script> & co")
    for path in ("/", f"/conversations/{opened.pk}", f"/spaces/{cast.open.pk}", f"/people/{cast.ines.pk}"):
        page = cast.client(cast.loic).get(path).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_space_outside_the_scope_is_refused_as_one_that_does_not_exist(cast: Cast, language: str) -> None:
    pages = []
    for space in (cast.closed.pk, cast.secret.pk, 987654321, "²", "9" * 40):
        answer = cast.client(cast.ines).post(
            "/posts/new", {"space": space, "body": "Bonjour."}, headers={"Accept-Language": language}
        )
        assert answer.status_code == 422
        pages.append(beside(answer.content.decode(), "space"))
        assert field(answer.content.decode()) == "Bonjour."
    said = {"fr": "Cet espace n’est pas de ceux où vous pouvez écrire.", "en": "This space is not one"}
    assert len(set(pages)) == 1
    assert pages[0].startswith(said[language])
    assert Conversation.unscoped.filter(author=cast.ines).count() == 0


def test_a_space_has_to_be_chosen(cast: Cast) -> None:
    answer = cast.client(cast.ines).post(
        "/posts/new", {"body": "Bonjour."}, headers={"Accept-Language": "fr"}
    )
    assert beside(answer.content.decode(), "space") == "Choisissez l’espace où le dire."


def test_only_spaces_where_one_may_write_are_offered_one_s_own_first(cast: Cast) -> None:
    page = cast.client(cast.claire).get("/posts/new").content.decode().split("<main")[1]
    assert page.index("My spaces") < page.index(cast.closed.name)
    assert cast.secret.name not in page
    outside = cast.client(cast.marek).get(f"/posts/new?space={cast.open.pk}").content.decode()
    assert outside.split("<main")[1].index("Other spaces") < outside.split("<main")[1].index(cast.open.name)
    assert f'<option value="{cast.open.pk}" selected>' in outside
    assert cast.closed.name not in outside


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_that_is_too_long_is_refused_beside_it(cast: Cast, language: str) -> None:
    answer = cast.client(cast.ines).post(
        "/posts/new",
        {"space": cast.open.pk, "body": "Bonjour.", "title": "x" * 161},
        headers={"Accept-Language": language},
    )
    said = {"fr": "Un titre a au plus 160 caractères", "en": "A title has 160 characters at most"}
    assert answer.status_code == 422
    assert beside(answer.content.decode(), "title").startswith(said[language])


def test_the_same_form_sent_twice_is_one_conversation(cast: Cast) -> None:
    client = cast.client(cast.ines)
    page = client.get("/posts/new").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    assert str(uuid.UUID(key[1])) == key[1]
    assert write(client, cast, key=key[1]) == write(client, cast, key=key[1])
    assert Conversation.unscoped.filter(author=cast.ines).count() == 1
    assert key[1] not in client.get("/posts/new").content.decode(), "each form has its own"
    assert untrue_counts() == []


def test_the_longest_message_that_is_allowed_is_published_whole(cast: Cast) -> None:
    opened = write(cast.client(cast.ines), cast, body="é" * 50_000)
    assert len(Message.unscoped.get(conversation=opened).body) == 50_000 + len("<p></p>")
    assert len(opened.title) == 80
