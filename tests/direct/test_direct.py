"""Direct conversations: between those who take part, and nobody else."""

import pytest
from django.urls import reverse

from terrain.archives.scope import everything, scope_of
from terrain.conversations.feed import feed, opened_by
from terrain.conversations.models import Conversation, Message, Participation
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import reply
from terrain.direct.listing import talks
from terrain.direct.talking import MOST, BetweenTwo, TooMany, begin, bring_in, leave
from tests.cast import Cast, person

WORDS = "<p>Entre nous : la presse 6 fuit encore.</p>"


def between(cast: Cast) -> Conversation:
    return begin(cast.samira, [cast.loic], WORDS)


def test_only_those_who_take_part_find_it(cast: Cast) -> None:
    here = between(cast)
    first = Message.unscoped.get(conversation=here)
    for who in (cast.samira, cast.loic):
        assert Conversation.visible_to(who).filter(pk=here.pk).exists()
        assert Message.visible_to(who).filter(pk=first.pk).exists()
    for who in (cast.claire, cast.ines, cast.marek):
        assert not Conversation.visible_to(who).filter(pk=here.pk).exists()
        client = cast.client(who)
        for name, pk in [
            ("conversation", here.pk),
            ("conversation_acts", here.pk),
            ("participants", here.pk),
            ("message", first.pk),
            ("message_acts", first.pk),
            ("edits", first.pk),
        ]:
            assert client.get(reverse(name, args=[pk])).status_code == 404, name
        assert client.post(reverse("messages", args=[here.pk]), {"body": "Moi aussi."}).status_code == 404


def test_it_is_in_nobodys_feed_and_on_no_profile(cast: Cast) -> None:
    here = between(cast)
    for who in (cast.samira, cast.loic, cast.claire, cast.marek):
        assert here.pk not in {each.id for each in feed(who).listed}
        assert here.pk not in {each.id for each in opened_by(cast.samira.pk, who).listed}


def test_it_waits_for_the_other_until_it_is_read(cast: Cast) -> None:
    here = between(cast)
    cast.loic.refresh_from_db()
    assert [(talk.id, talk.is_new) for talk in talks(cast.loic, 0)] == [(here.pk, True)]
    page = cast.client(cast.loic).get("/").content.decode()
    assert "la presse 6 fuit encore" in page
    read_up_to(here, cast.loic, 1)
    cast.loic.refresh_from_db()
    assert [talk.is_new for talk in talks(cast.loic, 0)] == [False]
    assert "la presse 6 fuit encore" not in cast.client(cast.loic).get("/").content.decode()


def test_ones_own_words_never_wait_for_oneself(cast: Cast) -> None:
    here = between(cast)
    reply(here, cast.loic, "<p>Je regarde.</p>")
    for who, waits in [(cast.samira, True), (cast.loic, False)]:
        who.refresh_from_db()
        assert [talk.is_new for talk in talks(who, 0)] == [waits]


def test_two_who_have_talked_go_on_where_they_were(cast: Cast) -> None:
    here = between(cast)
    answer = cast.client(cast.loic).get(reverse("new_direct"), {"to": cast.samira.pk})
    assert answer.status_code == 302
    assert answer["Location"] == f"/conversations/{here.pk}#write"


def test_a_third_is_never_shown_what_two_said(cast: Cast) -> None:
    here = between(cast)
    with pytest.raises(BetweenTwo):
        bring_in(here, cast.claire)
    answer = cast.client(cast.loic).post(reverse("participants", args=[here.pk]), {"person": cast.claire.pk})
    assert answer.status_code == 422
    assert not Conversation.visible_to(cast.claire).filter(pk=here.pk).exists()


def test_a_group_brings_somebody_in_and_may_be_left(cast: Cast) -> None:
    here = begin(cast.samira, [cast.loic, cast.claire], WORDS, title="La presse 6")
    bring_in(here, cast.ines)
    bring_in(here, cast.ines)
    assert Participation.objects.filter(conversation=here).count() == 4
    leave(here, cast.claire)
    assert not Conversation.visible_to(cast.claire).filter(pk=here.pk).exists()
    assert Conversation.visible_to(cast.ines).filter(pk=here.pk).exists()


def test_it_holds_thirty_people(cast: Cast) -> None:
    others = [person(f"Renfort {n}") for n in range(MOST)]
    with pytest.raises(TooMany):
        begin(cast.samira, others, WORDS)
    here = begin(cast.samira, others[1:], WORDS)
    with pytest.raises(TooMany):
        bring_in(here, others[0])


def test_it_is_begun_on_a_page_that_keeps_what_was_typed(cast: Cast) -> None:
    client = cast.client(cast.samira)
    refused = client.post(reverse("new_direct"), {"body": "Tu as deux minutes ?"})
    assert refused.status_code == 422
    assert "Tu as deux minutes ?" in refused.content.decode()
    sent = client.post(
        reverse("new_direct"), {"body": "Tu as deux minutes ?", "to": [cast.loic.pk, cast.ines.pk]}
    )
    here = Conversation.visible_to(cast.ines).get(space=None)
    assert sent["Location"] == f"/conversations/{here.pk}"
    assert here.title == "Samira Benali, Loïc Morvan, Inès Duarte"


def test_it_goes_into_no_archive(cast: Cast) -> None:

    here = between(cast)
    for scope in (everything(), scope_of(cast.loic), scope_of(cast.samira)):
        assert not scope.conversations.filter(pk=here.pk).exists()
        assert not scope.messages.filter(conversation=here).exists()
