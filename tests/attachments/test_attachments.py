"""Files on messages: sent beforehand or with the form, seen with the message and by nobody else, gone with it."""

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from terrain.attachments.models import Attachment
from terrain.conversations.models import Conversation, Message
from terrain.conversations.withdrawing import withdraw
from terrain.files import jobs
from terrain.files.models import File
from tests.cast import Cast
from tests.files.brought import got, named, pdf, photo, png


def brought(client: Client, name: str = "sonde.jpg", content: bytes = b"") -> File:
    assert client.post("/files", {"file": named(name, content or photo())}).status_code == 200
    found: File = File.unscoped.latest("pk")
    return found


def answered(client: Client, here: Conversation, **sent: Any) -> Any:
    given = {"body": "Voici la sonde.", "key": uuid.uuid4(), **sent}
    return client.post(f"/conversations/{here.pk}/messages", given)


def test_a_message_names_files_that_were_sent_beforehand(cast: Cast) -> None:
    client = cast.client(cast.loic)
    first, second = brought(client), brought(client, "plan.pdf", pdf())
    sent = {"files": [first.uid, second.uid], f"alt-{first.uid}": "La sonde, desserrée"}
    assert answered(client, cast.in_open, **sent).status_code == 302
    message = Message.unscoped.get(conversation=cast.in_open, number=3)
    assert [each.file for each in message.attachments.order_by("place")] == [first, second]
    page = cast.client(cast.ines).get(f"/conversations/{cast.in_open.pk}").content.decode()
    assert 'alt="La sonde, desserrée"' in page
    assert f'width="{first.width}" height="{first.height}"' in page
    assert "plan.pdf" in page


@pytest.mark.parametrize(("name", "content", "sign"), [("a.jpg", photo(), "📷"), ("plan.pdf", pdf(), "📎")])
def test_a_file_alone_is_a_message(cast: Cast, name: str, content: bytes, sign: str) -> None:
    client = cast.client(cast.loic)
    assert answered(client, cast.in_open, body="", new_files=[named(name, content)]).status_code == 302
    message = Message.unscoped.get(conversation=cast.in_open, number=3)
    assert (message.body, message.attachments.count()) == (f"<p>{sign}</p>", 1)
    page = cast.client(cast.ines).get(f"/conversations/{cast.in_open.pk}").content.decode()
    assert f'<div class="prose unseen" dir="auto"><p>{sign}</p></div>' in page, "heard, and not seen"
    quoting = cast.client(cast.ines).get(f"/conversations/{cast.in_open.pk}?reply_to={message.pk}")
    assert sign in quoting.content.decode().split('id="write"')[1]


def test_no_words_and_no_file_are_no_message(cast: Cast) -> None:
    client = cast.client(cast.loic)
    empty = answered(client, cast.in_open, body="", new_files=[])
    assert (empty.status_code, "There is nothing to read yet" in empty.content.decode()) == (422, True)
    lying = answered(client, cast.in_open, body="", new_files=[named("facture.pdf", b"MZ" + b"\0" * 90)])
    assert lying.status_code == 422
    gone = answered(client, cast.in_open, body="", files=[uuid.uuid4()])
    assert gone.status_code == 422, "a file that is there no more says nothing"
    assert cast.in_open.messages.count() == 2


def test_a_post_of_a_picture_needs_a_title_to_be_found_by(cast: Cast) -> None:
    client, sent = cast.client(cast.loic), {"space": cast.open.pk, "body": "", "key": uuid.uuid4()}
    refused = client.post("/posts/new", {**sent, "new_files": [named("a.jpg", photo())]})
    assert (refused.status_code, "There is nothing to read yet" in refused.content.decode()) == (422, True)
    uid = File.unscoped.get().uid
    assert f'value="{uid}"' in refused.content.decode(), "the picture is still there"
    assert client.post("/posts/new", {**sent, "title": "La sonde", "files": [uid]}).status_code == 302
    assert Conversation.unscoped.get(title="La sonde").messages.get().body == "<p>📷</p>"


def test_its_author_says_afterwards_what_a_picture_shows(cast: Cast) -> None:
    client = cast.client(cast.loic)
    picture = brought(client)
    answered(client, cast.in_open, files=[picture.uid])
    message = Message.unscoped.get(conversation=cast.in_open, number=3)
    where = f"/messages/{message.pk}/alts"
    assert where in client.get(f"/messages/{message.pk}/acts").content.decode()
    assert where not in cast.client(cast.ines).get(f"/messages/{message.pk}/acts").content.decode()
    assert "sonde.jpg" in client.get(where).content.decode()
    assert client.post(where, {f"alt-{picture.uid}": " La sonde, desserrée "}).status_code == 302
    page = cast.client(cast.ines).get(f"/conversations/{cast.in_open.pk}").content.decode()
    assert 'alt="La sonde, desserrée"' in page
    long = client.post(where, {f"alt-{picture.uid}": "x" * 301})
    assert (long.status_code, "x" * 301 in long.content.decode()) == (422, True), "what was typed is not lost"
    assert "Say it in 300 characters at most" in long.content.decode()
    assert cast.client(cast.ines).post(where, {f"alt-{picture.uid}": "Rien"}).status_code == 404
    picture.refresh_from_db()
    assert picture.alt == "La sonde, desserrée"


def test_without_javascript_the_form_itself_carries_them(cast: Cast) -> None:
    sent = {
        "space": cast.open.pk,
        "title": "La sonde",
        "body": "Deux vues.",
        "key": uuid.uuid4(),
        "new_files": [named("a.jpg", photo()), named("b.png", png())],
    }
    client = cast.client(cast.loic)
    assert client.post("/posts/new", sent).status_code == 302
    assert [each.file.name for each in Attachment.unscoped.order_by("place")] == ["a.jpg", "b.png"]


def test_a_form_sent_twice_keeps_its_files_once(cast: Cast) -> None:
    client = cast.client(cast.loic)
    file, key = brought(client), uuid.uuid4()
    for _ in range(2):
        assert answered(client, cast.in_open, files=[file.uid], key=key).status_code == 302
    assert Attachment.unscoped.count() == 1
    assert cast.in_open.messages.count() == 3


def test_a_refused_file_leaves_the_words_and_the_good_files_in_the_form(cast: Cast) -> None:
    client = cast.client(cast.loic)
    carried = [named("bonne.png", png()), named("facture.pdf", b"MZ" + b"\0" * 90)]
    answer = answered(client, cast.in_open, body="Un long message, écrit avec soin.", new_files=carried)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Un long message, écrit avec soin." in page
    assert "“facture.pdf” does not hold what its name says" in page
    assert f'value="{File.unscoped.get(name="bonne.png").uid}"' in page
    assert cast.in_open.messages.count() == 2


def test_a_message_carries_twenty_files_at_most(cast: Cast) -> None:
    client = cast.client(cast.loic)
    answer = answered(client, cast.in_open, new_files=[named(f"{n}.png", png()) for n in range(21)])
    assert answer.status_code == 422
    assert "20 files at most" in answer.content.decode()


@pytest.mark.parametrize("space", ["closed", "secret"])
def test_only_who_reads_the_message_finds_its_files(cast: Cast, space: str) -> None:
    here: Conversation = getattr(cast, f"in_{space}")
    client = cast.client(cast.loic)
    picture, paper = brought(client), brought(client, "plan.pdf", pdf())
    paths = [f"/files/{file.uid}" for file in (picture, paper)] + [
        f"/files/{picture.uid}/{s}" for s in ("page", "small")
    ]
    answered(client, here, files=[picture.uid, paper.uid])
    for path in paths:
        assert got(cast.client(cast.samira), path).status_code == 200
        assert cast.client(cast.marek).get(path).status_code == 404
        assert cast.client(cast.ines).get(path).status_code == 404
        assert client.delete(path).status_code in (404, 405), "once published, it goes with its message"


def test_nobody_attaches_what_another_brought(cast: Cast) -> None:
    file = brought(cast.client(cast.loic))
    answered(cast.client(cast.samira), cast.in_open, files=[file.uid])
    assert not Attachment.unscoped.exists()
    answered(cast.client(cast.loic), cast.in_secret, files=[file.uid])
    answered(cast.client(cast.loic), cast.in_open, files=[file.uid])
    assert Attachment.unscoped.get().message.conversation == cast.in_secret


def test_a_withdrawn_message_takes_its_files_along(cast: Cast, settings: Any) -> None:
    client = cast.client(cast.loic)
    file = brought(client)
    answered(client, cast.in_open, files=[file.uid])
    withdraw(Message.unscoped.get(conversation=cast.in_open, number=3), cast.loic)
    assert cast.client(cast.loic).get(f"/files/{file.uid}").status_code == 404
    assert not File.unscoped.exists()
    (job,) = ProcrastinateJob.objects.filter(task_name="files.erase")
    jobs.erase(**job.args)
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_the_whole_conversation_withdrawn_takes_its_files_along(cast: Cast) -> None:
    client = cast.client(cast.loic)
    sent = {
        "space": cast.open.pk,
        "body": "Seul.",
        "key": uuid.uuid4(),
        "new_files": [named("a.jpg", photo())],
    }
    client.post("/posts/new", sent)
    withdraw(Attachment.unscoped.get().message, cast.loic)
    assert not File.unscoped.exists()


def test_the_first_page_shows_under_the_message_once_it_is_drawn(cast: Cast) -> None:
    client = cast.client(cast.loic)
    file = brought(client, "plan.pdf", pdf())
    answered(client, cast.in_open, files=[file.uid])
    path, shown = f"/conversations/{cast.in_open.pk}", f"/files/{file.uid}/small"
    assert shown not in client.get(path).content.decode()
    jobs.draw_first_page(file.pk)
    assert shown in client.get(path).content.decode()
    assert default_storage.exists(f"{file.uid}/small")
