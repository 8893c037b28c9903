"""Editing one's own words: always, by nobody else, and what was said before is kept."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from terrain.conversations.editing import GRACE, NotTheAuthor, edit
from terrain.conversations.events import Edited
from terrain.conversations.models import Edit, Message
from terrain.conversations.replying import reply
from terrain.people.models import Person
from terrain.spaces.joining import leave
from terrain.web.events import hear
from tests.cast import Cast
from tests.conversations.counting import untrue_counts

told: list[Edited] = []


@hear(Edited)
def remember(event: Edited) -> None:
    told.append(event)


def test_a_slip_mended_at_once_is_not_shown_as_an_edit(cast: Cast) -> None:
    message = cast.answer(cast.in_open)
    edited = edit(message, cast.loic, "<p>La sonde est décalée de 4 °C.</p>", message.written_at + GRACE)
    assert edited.edited_at is None
    assert "edited, see what it said" not in page_of(cast, cast.ines)
    later = message.written_at + GRACE + timedelta(seconds=1)
    assert edit(edited, cast.loic, "<p>La sonde est décalée de 6 °C.</p>", later).edited_at == later
    assert "edited, see what it said" in page_of(cast, cast.ines)


def page_of(cast: Cast, reader: Person) -> str:
    """The conversation in the open space, as somebody sees it."""
    return cast.client(reader).get(f"/conversations/{cast.in_open.pk}").content.decode()


def test_what_it_said_before_is_kept_in_order_and_can_be_read(cast: Cast) -> None:
    message = cast.answer(cast.in_open)
    for number, body in enumerate(("<p>Un.</p>", "<p>Deux.</p>"), 1):
        edit(message, cast.loic, body, timezone.now() + timedelta(hours=number))
    before = [each.body for each in Edit.objects.filter(message=message)]
    assert before == ["<p>La sonde est décalée.</p>", "<p>Un.</p>"]
    page = cast.client(cast.ines).get(f"/messages/{message.pk}/edits").content.decode()
    assert page.index("La sonde est décalée.") < page.index("Un.") < page.index("Deux.")


def test_saying_the_same_again_changes_nothing(cast: Cast) -> None:
    told.clear()
    message = cast.answer(cast.in_open)
    assert edit(message, cast.loic, message.body).version == message.version
    assert not Edit.objects.exists()
    assert told == []


def test_an_edit_is_told_and_drawn_anew_wherever_it_is_shown(cast: Cast) -> None:
    first = cast.first(cast.in_open)
    answer = reply(cast.in_open, cast.ines, "<p>Ah bon ?</p>", reply_to=first)
    assert "à 182 °C" in page_of(cast, cast.loic)
    assert "à 182 °C" in cast.client(cast.loic).get("/").content.decode()
    told.clear()
    edit(first, cast.samira, "<p>Elle colle depuis mardi.</p>")
    assert told == [Edited(cast.in_open.pk, cast.open.pk, first.pk)]
    page = page_of(cast, cast.loic)
    assert page.count("Elle colle depuis mardi.") == 2, "the message, and where it is quoted"
    assert "à 182 °C" not in page
    assert "à 182 °C" not in cast.client(cast.loic).get("/").content.decode()
    assert Message.unscoped.get(pk=answer.pk).body == "<p>Ah bon ?</p>"
    assert untrue_counts() == []


def test_no_verb_edits_another_s_words(cast: Cast) -> None:
    for person in (cast.samira, cast.ines, cast.claire, cast.marek):
        with pytest.raises(NotTheAuthor):
            edit(cast.answer(cast.in_open), person, "<p>Autre chose.</p>")
    orphan = cast.answer(cast.in_open)
    orphan.author = None
    orphan.save()
    with pytest.raises(NotTheAuthor):
        edit(orphan, cast.loic, "<p>Autre chose.</p>")


@pytest.mark.parametrize("role", ["samira", "ines", "claire", "marek"])
def test_to_everybody_else_the_page_that_edits_does_not_exist(cast: Cast, role: str) -> None:
    """The one who opened the conversation and the space, a colleague, the manager, somebody outside."""
    message, browser = cast.answer(cast.in_open), cast.client(getattr(cast, role))
    path = f"/messages/{message.pk}/edit"
    answers = [browser.get(path), browser.post(path, {"body": "Autre chose."}), browser.delete(path)]
    assert [answer.status_code for answer in answers] == [404, 404, 405]
    message.refresh_from_db()
    assert message.body == "<p>La sonde est décalée.</p>"
    assert f'href="{path}"' not in page_of(cast, getattr(cast, role))


def test_the_author_edits_in_a_page(cast: Cast) -> None:
    message, browser = cast.answer(cast.in_open), cast.client(cast.loic)
    path = f"/messages/{message.pk}/edit"
    assert f'href="{path}"' in page_of(cast, cast.loic)
    assert ">La sonde est décalée.</textarea>" in browser.get(path).content.decode()
    answer = browser.post(path, {"body": "La sonde est\ndécalée de 4 °C."})
    assert answer.headers["Location"] == f"/conversations/{cast.in_open.pk}?around=2#m2"
    message.refresh_from_db()
    assert message.body == "<p>La sonde est<br>décalée de 4 °C.</p>"


def test_formatting_that_a_bare_field_cannot_show_is_not_lost_by_editing(cast: Cast) -> None:
    message, browser = cast.answer(cast.in_open), cast.client(cast.loic)
    body = "<p>La <strong>sonde</strong></p><ul><li>est décalée</li></ul>"
    edit(message, cast.loic, body)
    path = f"/messages/{message.pk}/edit"
    page = browser.get(path).content.decode()
    field = page.split('<textarea name="body"')[1].split(">", 1)[1].split("</textarea>")[0]
    browser.post(path, {"body": unescape(field)})
    message.refresh_from_db()
    assert message.body == body


def test_an_edit_that_says_nothing_is_refused(cast: Cast) -> None:
    message = cast.answer(cast.in_open)
    answer = cast.client(cast.loic).post(
        f"/messages/{message.pk}/edit", {"body": "  "}, headers={"Accept-Language": "fr"}
    )
    assert answer.status_code == 422
    assert "Il n’y a encore rien à lire\u00a0: écrivez quelques mots." in answer.content.decode()
    message.refresh_from_db()
    assert message.body == "<p>La sonde est décalée.</p>"


def test_who_no_longer_reads_the_space_no_longer_edits_there(cast: Cast) -> None:
    message = cast.answer(cast.in_secret)
    leave(cast.secret, cast.loic)
    assert cast.client(cast.loic).get(f"/messages/{message.pk}/edit").status_code == 404
