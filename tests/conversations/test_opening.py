"""Opening a conversation: a title, a first message, and everything kept true at once."""

import uuid

import pytest
from django.db import DataError, transaction

from terrain.conversations.events import Opened
from terrain.conversations.models import Conversation, Following, Message, Reading
from terrain.conversations.opening import SHORT_TITLE, first_words, open_conversation
from terrain.web.events import hear
from tests.cast import Cast
from tests.conversations.counting import untrue_counts

told: list[Opened] = []


@hear(Opened)
def remember(event: Opened) -> None:
    told.append(event)


def test_the_cast_s_own_conversations_are_counted_truly(cast: Cast) -> None:
    assert untrue_counts() == []


def test_who_opens_follows_has_read_and_is_the_first_voice(cast: Cast) -> None:
    opened = open_conversation(cast.open, cast.ines, "<p>Qui a la clé du local ?</p>")
    opened.refresh_from_db()
    assert (opened.message_count, opened.voice_count, opened.author) == (1, 1, cast.ines)
    assert Message.unscoped.get(conversation=opened).body == "<p>Qui a la clé du local ?</p>"
    assert Following.objects.filter(conversation=opened, person=cast.ines).exists()
    assert Reading.of(cast.ines).get(conversation=opened).number == 1
    assert untrue_counts() == []


def test_it_is_told_once_and_not_again_for_the_same_form(cast: Cast) -> None:
    told.clear()
    key = uuid.uuid4()
    opened = [open_conversation(cast.open, cast.ines, "<p>a</p>", key=key) for _ in range(2)]
    assert opened[0] == opened[1]
    assert [each.conversation_id for each in told] == [opened[0].pk]
    assert untrue_counts() == []


def test_the_same_key_from_another_person_is_another_form(cast: Cast) -> None:
    key = uuid.uuid4()
    opened = {open_conversation(cast.open, each, "<p>a</p>", key=key) for each in (cast.ines, cast.loic)}
    assert len(opened) == 2


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("  La clé  ", "<p>Qui l’a ?</p>", "La clé"),
        ("", "<p>Qui a la clé ?</p><p>Je la cherche.</p>", "Qui a la clé ?"),
        ("", "<h2>La clé</h2><p>Qui l’a ?</p>", "La clé"),
        ("", "<ul><li>un</li><li>deux</li></ul>", "un"),
        ("", "<p>Qui<br>l’a ?</p>", "Qui"),
        ("\u200b", "<p>\u200b</p><p> &nbsp; </p><p>Enfin des mots</p>", "Enfin des mots"),
        ("", "<p>1 &lt; 2 &amp; 3</p>", "1 < 2 & 3"),
    ],
)
def test_without_a_title_it_takes_the_first_words(cast: Cast, title: str, body: str, expected: str) -> None:
    assert open_conversation(cast.open, cast.ines, body, title=title).title == expected


def test_a_long_first_line_is_cut_at_a_word() -> None:
    cut = first_words(
        "La presse dérive après la pause de dix heures, et personne ne sait pourquoi depuis lundi."
    )
    assert cut == "La presse dérive après la pause de dix heures, et personne ne sait pourquoi…"
    assert len(first_words("é" * 500)) == SHORT_TITLE
    assert first_words("a" * SHORT_TITLE) == "a" * SHORT_TITLE


def test_what_fails_leaves_nothing_behind(cast: Cast) -> None:
    before = Conversation.unscoped.count()
    with pytest.raises(DataError), transaction.atomic():
        open_conversation(cast.open, cast.ines, "<p>\0</p>", title="Rien")
    assert Conversation.unscoped.count() == before
    assert untrue_counts() == []
