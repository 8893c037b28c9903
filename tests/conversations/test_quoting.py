"""Quoting a passage: its author said it word for word, or it is not quoted."""

from django.urls import reverse

from terrain.conversations.editing import edit
from terrain.conversations.models import Message
from terrain.conversations.quoting import LONGEST, passage_in, passages
from terrain.conversations.replying import reply
from terrain.conversations.withdrawing import withdraw
from tests.cast import Cast

BODY = "<p>La sonde lit <strong>six degrés</strong> de trop.</p><ul><li>Depuis mardi</li><li>À la&nbsp;6</li></ul>"


def test_a_passage_is_what_was_said_whatever_the_spaces_and_lines() -> None:
    assert passage_in(BODY, "lit six  degrés\nde") == "lit six degrés de"
    assert passage_in(BODY, "de trop. Depuis mardi À la 6") == "de trop. Depuis mardi À la\u00a06"


def test_nobody_is_made_to_say_what_they_did_not() -> None:
    for words in ("sept degrés", "La sonde lit … de trop.", "", "  ", "…", "<strong>", "six.degrés"):
        assert passage_in(BODY, words) == ""


def test_a_long_passage_ends_at_a_word() -> None:
    body = f"<p>{'mot ' * 400}</p>"
    (whole,) = passages(body)
    assert len(whole) <= LONGEST
    assert whole.endswith("mot…")
    assert passage_in(body, whole) == whole
    assert passage_in(body, "mot " * 400) == whole
    assert passages(BODY) == ["La sonde lit six degrés de trop.", "Depuis mardi", "À la\u00a06"]


def test_a_reply_stands_under_the_passage_that_it_quotes(cast: Cast) -> None:
    said = reply(cast.in_open, cast.samira, BODY)
    client = cast.client(cast.loic)
    chosen = client.get(reverse("passages", args=[said.pk])).content.decode()
    assert "passage=Depuis+mardi" in chosen or "passage=Depuis%20mardi" in chosen
    asked = {"reply_to": said.pk, "passage": "six degrés de trop"}
    form = client.get(reverse("conversation", args=[cast.in_open.pk]), asked).content.decode()
    assert '<input type="hidden" name="passage" value="six degrés de trop">' in form
    client.post(reverse("messages", args=[cast.in_open.pk]), asked | {"body": "Changée ce matin."})
    answer = Message.unscoped.get(conversation=cast.in_open, reply_to=said)
    assert answer.passage == "six degrés de trop"
    page = cast.client(cast.ines).get(reverse("message", args=[answer.pk]), follow=True).content.decode()
    assert "<b>Samira Benali</b> six degrés de trop</a></blockquote>" in page


def test_words_that_the_message_does_not_say_leave_a_plain_reply(cast: Cast) -> None:
    said = reply(cast.in_open, cast.samira, BODY)
    answer = reply(cast.in_open, cast.loic, "<p>Non.</p>", reply_to=said, passage="vingt degrés")
    assert answer.passage == ""
    elsewhere = reply(cast.in_open, cast.loic, "<p>Non.</p>", passage="six degrés")
    assert elsewhere.passage == ""


def test_what_was_refused_keeps_its_passage(cast: Cast) -> None:
    said = reply(cast.in_open, cast.samira, BODY)
    sent = {"reply_to": said.pk, "passage": "six degrés", "body": ""}
    page = cast.client(cast.loic).post(reverse("messages", args=[cast.in_open.pk]), sent)
    assert page.status_code == 422
    assert 'name="passage" value="six degrés"' in page.content.decode()


def test_words_taken_back_are_quoted_nowhere(cast: Cast) -> None:
    said = reply(cast.in_open, cast.samira, BODY)
    answer = reply(cast.in_open, cast.loic, "<p>Changée.</p>", reply_to=said, passage="six degrés de trop")
    withdraw(said, cast.samira)
    answer.refresh_from_db()
    assert answer.passage == ""
    page = cast.client(cast.ines).get(reverse("message", args=[answer.pk]), follow=True).content.decode()
    assert "six degrés" not in page


def test_what_was_edited_since_stays_quoted_as_it_was_said(cast: Cast) -> None:
    said = reply(cast.in_open, cast.samira, BODY)
    answer = reply(cast.in_open, cast.loic, "<p>Changée.</p>", reply_to=said, passage="six degrés")
    edit(said, cast.samira, "<p>Elle lit sept degrés de trop.</p>")
    page = cast.client(cast.ines).get(reverse("message", args=[answer.pk]), follow=True).content.decode()
    assert "<b>Samira Benali</b> six degrés</a>" in page


def test_the_passages_of_what_one_may_not_read_or_was_withdrawn_are_not_there(cast: Cast) -> None:
    closed = cast.first(cast.in_closed)
    assert cast.client(cast.ines).get(reverse("passages", args=[closed.pk])).status_code == 404
    first = cast.first(cast.in_open)
    withdraw(first, cast.samira)
    assert cast.client(cast.ines).get(reverse("passages", args=[first.pk])).status_code == 404
