"""Drafts: what one writes is kept as one writes it, for oneself alone, until it is published or discarded."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from terrain.conversations.models import Conversation, Message
from terrain.drafts import draft as verbs
from terrain.drafts.draft import TooLong, TooMany, discard, keep
from terrain.drafts.models import Draft
from terrain.people.models import Person
from terrain.spaces.joining import leave
from tests.cast import Cast

WORDS = "<p>La sonde de la scelleuse, <strong>encore</strong></p>"


def write(client: Client, place: str, key: uuid.UUID, **fields: Any) -> Any:
    """What the script sends while somebody writes."""
    return client.post("/drafts", {"place": place, "key": str(key), "body": WORDS, **fields})


def test_what_one_writes_is_found_again_on_another_device(cast: Cast) -> None:
    key = uuid.uuid4()
    answer = write(cast.client(cast.loic), "/posts/new", key, title="La sonde", space=cast.closed.pk)
    assert answer.status_code == 200
    assert "Kept at" in answer.content.decode()
    page = cast.client(cast.loic).get("/posts/new").content.decode()
    assert "encore&lt;/strong&gt;" in page
    assert 'value="La sonde"' in page
    assert f'<option value="{cast.closed.pk}" selected>' in page
    assert str(key) in page
    assert "Kept at" in page


def test_each_change_takes_the_place_of_the_one_before(cast: Cast) -> None:
    key, client = uuid.uuid4(), cast.client(cast.loic)
    for words in ("<p>La</p>", "<p>La sonde</p>", "<p>La sonde chauffe</p>"):
        write(client, "/posts/new", key, body=words)
    assert [each.fields["body"] for each in Draft.of(cast.loic)] == [["<p>La sonde chauffe</p>"]]


def test_a_reply_is_kept_with_the_message_that_it_answers(cast: Cast) -> None:
    here, to = cast.in_open.pk, cast.first(cast.in_open)
    write(cast.client(cast.loic), f"/conversations/{here}/messages", uuid.uuid4(), reply_to=to.pk)
    page = cast.client(cast.loic).get(f"/conversations/{here}").content.decode()
    assert f'name="reply_to" value="{to.pk}"' in page
    assert "encore&lt;/strong&gt;" in page
    # Answering something else, or the whole, keeps the words.
    answer = cast.answer(cast.in_open).pk
    page = cast.client(cast.loic).get(f"/conversations/{here}", {"reply_to": answer}).content.decode()
    assert f'name="reply_to" value="{answer}"' in page
    assert "encore&lt;/strong&gt;" in page
    page = cast.client(cast.loic).get(f"/conversations/{here}", {"reply_to": ""}).content.decode()
    assert 'name="reply_to"' not in page
    assert "encore&lt;/strong&gt;" in page


def test_a_direct_conversation_that_is_begun_is_kept_with_its_people(cast: Cast) -> None:
    to = [cast.ines.pk, cast.claire.pk]
    write(cast.client(cast.loic), "/direct/new", uuid.uuid4(), to=to)
    page = cast.client(cast.loic).get("/direct/new", {"to": reversed(to)}).content.decode()
    assert "encore&lt;/strong&gt;" in page
    assert "encore" not in cast.client(cast.loic).get("/direct/new", {"to": to[:1]}).content.decode()


def test_publishing_ends_it(cast: Cast) -> None:
    client, opening, answering = cast.client(cast.loic), uuid.uuid4(), uuid.uuid4()
    answers = f"/conversations/{cast.in_open.pk}/messages"
    other = keep(cast.loic, uuid.uuid4(), {"body": ["Autre chose"]}, "post")
    write(client, "/posts/new", opening)
    write(client, answers, answering)
    client.post("/posts/new", {"space": cast.open.pk, "body": WORDS, "key": str(opening)})
    client.post(answers, {"body": WORDS, "key": str(answering)})
    assert list(Draft.of(cast.loic)) == [other]


def test_what_was_published_is_not_kept_once_more_by_a_device_that_comes_late(cast: Cast) -> None:
    client, key = cast.client(cast.loic), uuid.uuid4()
    client.post("/posts/new", {"space": cast.open.pk, "body": WORDS, "key": str(key)})
    answer = write(client, "/posts/new", key, body="<p>Autre chose</p>")
    assert answer.status_code == 410
    assert uuid.UUID(answer.content.decode()) != key
    assert not Draft.of(cast.loic).exists()


def test_publishing_anothers_words_by_the_same_key_leaves_their_draft(cast: Cast) -> None:
    key = uuid.uuid4()
    keep(cast.ines, key, {"body": [WORDS]}, "post")
    cast.client(cast.loic).post("/posts/new", {"space": cast.open.pk, "body": WORDS, "key": str(key)})
    assert Draft.of(cast.ines).count() == 1


def test_it_is_discarded_without_a_question(cast: Cast) -> None:
    client, key = cast.client(cast.loic), uuid.uuid4()
    write(client, "/posts/new", key)
    answer = client.post(f"/drafts/{key}?_method=DELETE", headers={"referer": "http://testserver/posts/new"})
    assert answer.headers["Location"] == "http://testserver/posts/new"
    assert not Draft.of(cast.loic).exists()
    assert "Kept at" not in client.get("/posts/new").content.decode()


def test_what_was_emptied_is_kept_no_longer(cast: Cast) -> None:
    client, key = cast.client(cast.loic), uuid.uuid4()
    write(client, "/posts/new", key)
    assert "hidden" in write(client, "/posts/new", key, body="", blank="1").content.decode()
    assert not Draft.of(cast.loic).exists()


def test_nobody_else_finds_it_whatever_their_role(cast: Cast) -> None:
    key = uuid.uuid4()
    write(cast.client(cast.loic), "/posts/new", key, space=cast.open.pk)
    for who in (cast.samira, cast.claire, cast.ines, cast.marek):
        client = cast.client(who)
        for path in ("/drafts", "/posts/new", f"/posts/new?draft={key}", "/", f"/people/{cast.loic.pk}"):
            assert "scelleuse, " not in client.get(path).content.decode(), path
        assert client.delete(f"/drafts/{key}").status_code == 404
        # Even the key of the form says nothing: theirs is another draft.
        write(client, "/posts/new", key, body="<p>À moi</p>")
    assert Draft.of(cast.loic).get().fields["body"] == [WORDS]


def test_nothing_is_kept_for_a_conversation_that_one_may_not_read(cast: Cast) -> None:
    place = f"/conversations/{cast.in_secret.pk}/messages"
    assert write(cast.client(cast.marek), place, uuid.uuid4()).status_code == 404
    assert not Draft.of(cast.marek).exists()


@pytest.mark.parametrize("place", ["/posts/new", "answer"])
def test_a_draft_for_what_one_may_no_longer_read_is_still_ones_own(cast: Cast, place: str) -> None:
    key, client = uuid.uuid4(), cast.client(cast.loic)
    path = f"/conversations/{cast.in_secret.pk}/messages" if place == "answer" else place
    write(client, path, key, space=cast.secret.pk)
    leave(cast.secret, cast.loic)
    page = client.get("/drafts").content.decode()
    assert "encore" in page
    for hidden in ("Aubépine", "repreneur"):
        assert hidden not in page
    page = client.get("/posts/new", {"draft": str(key)}).content.decode()
    assert "encore&lt;/strong&gt;" in page
    assert "selected" not in page
    sent = {"body": WORDS, "key": str(key), "space": cast.secret.pk}
    refused = client.post("/posts/new", sent)
    assert refused.status_code == 422
    assert "This space is not one in which you may write." in refused.content.decode()
    assert Draft.of(cast.loic).count() == 1
    client.post("/posts/new", sent | {"space": cast.open.pk})
    assert Message.unscoped.get(key=key).conversation.space == cast.open
    assert not Draft.of(cast.loic).exists()


def test_two_that_are_begun_are_both_kept_and_the_latest_comes_first(cast: Cast) -> None:
    client, first, second = cast.client(cast.loic), uuid.uuid4(), uuid.uuid4()
    write(client, "/posts/new", first, body="<p>Le premier</p>", space=cast.open.pk)
    write(client, "/posts/new", second, body="<p>Le second</p>", space=cast.closed.pk)
    Draft.of(cast.loic).filter(key=first).update(kept_at=timezone.now() - timedelta(days=3))
    assert "Le second" in client.get("/posts/new").content.decode()
    assert "Le premier" in client.get("/posts/new", {"space": cast.open.pk}).content.decode()
    assert "Kept on" in client.get("/posts/new", {"draft": str(first)}).content.decode()
    assert "Le second" not in client.get("/posts/new", {"draft": ""}).content.decode()
    page = client.get("/drafts").content.decode()
    assert page.index("Le second") < page.index("Le premier")
    assert f"/posts/new?draft={first}" in page


def test_what_is_not_a_form_of_ours_is_not_kept(cast: Cast) -> None:
    client = cast.client(cast.loic)
    for place, key in [("/settings", uuid.uuid4()), ("nowhere", uuid.uuid4()), ("/posts/new", "no key")]:
        assert client.post("/drafts", {"place": place, "key": str(key), "body": WORDS}).status_code == 302
    assert not Draft.of(cast.loic).exists()


def test_too_much_is_refused_in_a_sentence(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.client(cast.loic)
    with pytest.raises(TooLong):
        keep(cast.loic, uuid.uuid4(), {"body": ["x" * 500_001]}, "post")
    answer = write(client, "/posts/new", uuid.uuid4(), body="x" * 500_001)
    assert (answer.status_code, "too long" in answer.content.decode()) == (422, True)
    monkeypatch.setattr(verbs, "MOST", 1)
    keep(cast.loic, key := uuid.uuid4(), {"body": ["Un"]}, "post")
    keep(cast.loic, key, {"body": ["Un, encore"]}, "post")
    with pytest.raises(TooMany):
        keep(cast.loic, uuid.uuid4(), {"body": ["Deux"]}, "post")
    answer = write(client, "/posts/new", uuid.uuid4())
    assert (answer.status_code, "discard some" in answer.content.decode()) == (422, True)


def test_a_zero_is_left_out_for_no_text_holds_one(cast: Cast) -> None:
    kept = keep(cast.loic, uuid.uuid4(), {"body": ["La\0sonde"]}, "post")
    assert kept
    assert kept.fields["body"] == ["Lasonde"]


def test_one_gives_its_fields_back_as_a_form_takes_them(cast: Cast) -> None:
    key = uuid.uuid4()
    kept = keep(cast.loic, key, {"body": ["Un"], "to": ["4", "7"]}, "direct")
    assert kept
    assert kept.sent == QueryDict(f"body=Un&to=4&to=7&key={key}")
    discard(cast.loic, key)
    assert not Draft.of(cast.loic).exists()


def test_a_conversation_that_goes_leaves_the_words_to_their_author(cast: Cast) -> None:
    keep(cast.loic, uuid.uuid4(), {"body": [WORDS]}, conversation=cast.in_open)
    Conversation.unscoped.filter(pk=cast.in_open.pk).first().delete()  # type: ignore[union-attr]
    assert "encore" in cast.client(cast.loic).get("/drafts").content.decode()


def test_a_person_who_is_erased_takes_their_drafts_along(cast: Cast) -> None:
    keep(cast.marek, uuid.uuid4(), {"body": [WORDS]}, "post")
    Person.objects.filter(pk=cast.marek.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from drafts_draft")
        assert cursor.fetchone() == (0,)
