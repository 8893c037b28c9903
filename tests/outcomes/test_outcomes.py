"""What became of a conversation: said by who opened it, shown on top and in lists, kept when it goes on."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from terrain.outcomes.models import Outcome
from terrain.outcomes.outcome import NotTheirs, conclude, history, reopen, standing
from tests.cast import Cast

WORDS = "La sonde a été changée mercredi, plus rien ne colle."


def test_who_opened_it_says_what_became_of_it_and_all_see_it(cast: Cast) -> None:
    where = reverse("outcomes", args=[cast.in_open.pk])
    assert cast.client(cast.samira).post(where, {"words": WORDS}).status_code == 302
    for path in (f"/conversations/{cast.in_open.pk}", "/", f"/spaces/{cast.open.pk}"):
        page = cast.client(cast.ines).get(path).content.decode()
        assert WORDS in page
        assert "What became of it" in page


def test_others_do_not_say_it_for_them(cast: Cast) -> None:
    where = reverse("outcomes", args=[cast.in_open.pk])
    for who in (cast.loic, cast.claire, cast.ines):
        with pytest.raises(NotTheirs):
            conclude(cast.in_open, who, WORDS)
        assert cast.client(who).post(where, {"words": WORDS}).status_code == 404
    assert not Outcome.objects.exists()


def test_too_few_words_are_refused_and_kept_in_the_field(cast: Cast) -> None:
    where = reverse("outcomes", args=[cast.in_open.pk])
    answer = cast.client(cast.samira).post(where, {"words": "C’est réglé."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "C’est réglé." in page
    assert "20 characters at least" in page


def test_the_database_itself_wants_twenty_characters(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(conversation=cast.in_open, author=cast.samira, words="Fait.")


def test_going_on_keeps_the_history(cast: Cast) -> None:
    conclude(cast.in_open, cast.samira, WORDS)
    where = reverse("outcomes", args=[cast.in_open.pk])
    assert cast.client(cast.ines).delete(where).status_code == 302
    assert standing([cast.in_open.pk]) == {}
    client = cast.client(cast.loic)
    assert WORDS not in client.get(f"/conversations/{cast.in_open.pk}").content.decode()
    assert WORDS in client.get(where).content.decode()
    conclude(cast.in_open, cast.samira, "Le câble était coupé : remplacé par Loïc.")
    assert [each.words for each in history(cast.in_open)] == [
        WORDS,
        "Le câble était coupé : remplacé par Loïc.",
    ]
    assert standing([cast.in_open.pk])[cast.in_open.pk].words.startswith("Le câble")


def test_going_on_without_an_outcome_changes_nothing(cast: Cast) -> None:
    reopen(cast.in_open, cast.ines)
    assert standing([cast.in_open.pk]) == {}
