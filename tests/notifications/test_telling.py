"""Who is told of what: once, within what they may read, and no longer once they have read it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from terrain.conversations.editing import edit
from terrain.conversations.models import Conversation, Mention, Message
from terrain.conversations.muting import mute
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import reply
from terrain.conversations.setting_aside import set_aside
from terrain.conversations.withdrawing import withdraw
from terrain.direct.talking import begin
from terrain.notifications import telling
from terrain.notifications.level import How, level_of, want
from terrain.notifications.models import Bundle, Notification
from terrain.notifications.notification import tell_of
from terrain.people.models import Person
from terrain.people.organisation import rename
from terrain.spaces.joining import join, leave
from tests.cast import Cast, person
from tests.house.addresses import said_by


def tell(message: Message) -> int:
    """As the worker does it."""
    return len(tell_of(message.pk))


def told(person: Person) -> list[tuple[str, str]]:
    """Why, and what, as it stands for this person, the first told first."""
    found = Notification.objects.of(person).order_by("pk")
    return list(found.values_list("why", "message__body"))


def news(person: Person) -> int:
    return Person.objects.get(pk=person.pk).news


def named(person: Person) -> str:
    return f'<p><a href="/people/{person.pk}">@{person.name}</a> ?</p>'


def test_who_is_named_answered_or_wrote_first_is_told_once(cast: Cast) -> None:
    answer = reply(cast.in_open, cast.claire, named(cast.samira), reply_to=cast.first(cast.in_open))
    assert tell(answer) == 1
    assert tell(answer) == 0, "twice is once"
    assert [why for why, _ in told(cast.samira)] == ["mention"], "the first reason that holds"
    other = reply(cast.in_open, cast.ines, "<p>Merci Loïc.</p>", reply_to=cast.answer(cast.in_open))
    tell(other)
    assert told(cast.loic) == [("answer", "<p>Merci Loïc.</p>")]
    assert [why for why, _ in told(cast.samira)] == ["mention", "yours"]
    assert told(cast.ines) == [], "nobody is told of what they say"
    assert (news(cast.samira), news(cast.loic), news(cast.ines)) == (2, 1, 0)


def test_nobody_is_told_of_what_they_may_not_read(cast: Cast) -> None:
    said = reply(cast.in_secret, cast.samira, "<p>Marek, tu viens ?</p>")
    said.mentions.create(person=cast.marek)
    want(cast.secret, cast.marek, How.ALL)
    assert tell(said) == 0
    assert news(cast.marek) == 0
    leave(cast.closed, cast.samira)
    assert tell(reply(cast.in_closed, cast.claire, "<p>Elle est partie.</p>")) == 0, "its opener left"


def test_everybody_in_a_direct_conversation_is_told(cast: Cast) -> None:
    here = begin(cast.loic, [cast.ines, cast.claire], "<p>À quelle heure ?</p>")
    tell(here.messages.get())
    assert [told(each) for each in (cast.ines, cast.claire)] == [[("direct", "<p>À quelle heure ?</p>")]] * 2
    assert told(cast.loic) == []
    assert told(cast.samira) == []


def test_every_message_for_who_asks_for_it(cast: Cast) -> None:
    want(cast.open, cast.ines, How.ALL)
    want(cast.in_open, cast.marek, How.ALL)
    said = reply(cast.in_open, cast.loic, "<p>La sonde est changée.</p>")
    assert tell(said) == 3
    assert [[why for why, _ in told(each)] for each in (cast.ines, cast.marek)] == [["all"], ["all"]]
    want(cast.in_open, cast.ines, How.OWN)
    assert (level_of(cast.open, cast.ines), level_of(cast.in_open, cast.ines)) == (How.ALL, How.OWN)
    tell(reply(cast.in_open, cast.loic, "<p>Et la ligne tourne.</p>"))
    assert (len(told(cast.ines)), len(told(cast.marek))) == (1, 2)
    want(cast.in_open, cast.ines, How.ALL)
    want(cast.open, cast.ines, How.OWN)
    assert (level_of(cast.open, cast.ines), level_of(cast.in_open, cast.ines)) == (How.OWN, How.ALL)


def test_what_one_wants_in_a_digest_is_for_one_and_rings_never(cast: Cast) -> None:
    want(cast.open, cast.samira, How.DIGEST)
    assert telling.tell(reply(cast.in_open, cast.claire, named(cast.samira)).pk) == 0
    assert [why for why, _ in told(cast.samira)] == ["mention"], "it stands among what is for her"
    assert news(cast.samira) == 1
    assert not Bundle.objects.exists()
    want(cast.in_open, cast.samira, How.OWN)
    assert telling.tell(reply(cast.in_open, cast.claire, named(cast.samira)).pk) == 1
    assert Bundle.objects.get().person == cast.samira


def test_who_mutes_it_is_told_nothing(cast: Cast) -> None:
    mute(cast.in_open, cast.samira)
    mute(cast.open, cast.ines)
    want(cast.open, cast.ines, How.ALL)
    assert tell(reply(cast.in_open, cast.claire, named(cast.samira))) == 0


def test_who_has_left_is_told_nothing(cast: Cast) -> None:
    Person.objects.filter(pk=cast.samira.pk).update(left_on="2025-01-31")
    assert tell(reply(cast.in_open, cast.claire, "<p>Bonne route.</p>")) == 0


def test_what_one_reads_is_gone_and_kept_nowhere(cast: Cast) -> None:
    for words in ("<p>Un.</p>", "<p>Deux.</p>", "<p>Trois.</p>"):
        tell(reply(cast.in_open, cast.claire, words))
    assert news(cast.samira) == 3
    read_up_to(cast.in_open, cast.samira, 4)
    assert told(cast.samira) == [("yours", "<p>Trois.</p>")]
    assert news(cast.samira) == 1
    assert Notification.objects.filter(person=cast.samira).count() == 1
    cast.client(cast.samira).delete("/for-you")
    assert (news(cast.samira), Notification.objects.filter(person=cast.samira).exists()) == (0, False)


@pytest.mark.parametrize(
    "goes", [lambda said, cast: withdraw(said, cast.claire), lambda said, cast: set_aside(said)]
)
def test_what_is_withdrawn_or_set_aside_waits_for_nobody(cast: Cast, goes: object) -> None:
    said = reply(cast.in_open, cast.claire, "<p>Elle est folle.</p>")
    tell(said)
    assert news(cast.samira) == 1
    goes(said, cast)  # type: ignore[operator]
    assert (news(cast.samira), told(cast.samira)) == (0, [])
    assert tell(said) == 0


def test_who_leaves_a_space_is_no_longer_told_of_it(cast: Cast) -> None:
    tell(reply(cast.in_closed, cast.claire, named(cast.loic)))
    tell(reply(cast.in_open, cast.claire, named(cast.loic)))
    assert news(cast.loic) == 2
    leave(cast.closed, cast.loic)
    assert (news(cast.loic), len(told(cast.loic))) == (1, 1)


def test_who_is_named_later_is_told_then(cast: Cast) -> None:
    said = reply(cast.in_open, cast.samira, "<p>Qui peut ?</p>")
    assert tell(said) == 0
    edit(said, cast.samira, named(cast.ines))
    assert tell(said) == 1
    assert [why for why, _ in told(cast.ines)] == ["mention"]


def deferred() -> list[dict[str, object]]:
    """What the worker was asked to tell, the first asked first."""
    asked = ProcrastinateJob.objects.filter(task_name="notifications.tell").order_by("id")
    return list(asked.values_list("args", flat=True))


def test_an_edit_tells_nobody_twice(cast: Cast) -> None:
    said = reply(cast.in_open, cast.claire, named(cast.ines))
    before = len(deferred())
    Mention.objects.update(mentioned_at=timezone.now() - timedelta(days=1))
    edit(said, cast.claire, named(cast.ines) + "<p>Merci !</p>")
    assert len(deferred()) == before, "who was told and has read it hears nothing of a comma"
    edit(said, cast.claire, named(cast.ines) + named(cast.loic))
    assert deferred()[before:] == [{"message_id": said.pk, "only": [cast.loic.pk]}]
    assert tell_of(said.pk, only=[cast.loic.pk]) == [cast.loic.pk]


def test_the_page_says_who_where_and_what_in_one_question(cast: Cast) -> None:
    client = cast.client(cast.samira)
    assert "Nothing waits for you." in client.get("/for-you").content.decode()
    for n in range(3):
        tell(reply(cast.in_open, cast.ines, f"<p>Message {n}.</p>"))
    rename("Ateliers Rivoire")
    client.get("/for-you")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        shown = said_by(client.get("/for-you"))
    assert len(asked) <= 3
    for words in (
        cast.in_open.title,
        cast.open.name,
        "Inès Duarte writes in your conversation",
        "Message 2.",
    ):
        assert words in shown
    assert '<span class="count" data-news>3</span>' in shown
    assert client.get("/for-you", headers={"Part": "live"}).headers["News"] == "3"
    assert "3" in said_by(client.get("/"))
    assert "Inès Duarte writes in your conversation" in said_by(client.get("/"))


def test_nobody_finds_what_waits_for_another(cast: Cast) -> None:
    begin(cast.loic, [cast.ines], "<p>Le devis est dans le tiroir.</p>")
    tell(Message.unscoped.get(conversation__space=None))
    for other in (cast.samira, cast.claire, cast.marek):
        assert "tiroir" not in said_by(cast.client(other).get("/for-you"))
    assert "tiroir" in said_by(cast.client(cast.ines).get("/for-you"))


def test_a_thousand_are_told_by_one_question(cast: Cast) -> None:
    people = [person(f"Personne {n:04}") for n in range(1000)]
    for each in people:
        want(cast.in_open, each, How.ALL)
    said = reply(cast.in_open, cast.loic, "<p>On redémarre.</p>")
    with CaptureQueriesContext(connection) as asked:
        assert tell(said) == 1001
    assert len(asked) < 12
    assert Person.objects.filter(news=1).count() == 1001


def test_the_menus_set_it_in_two_presses(cast: Cast) -> None:
    client = cast.client(cast.ines)
    join(cast.open, cast.ines)
    for where, menu in (
        (f"/conversations/{cast.in_open.pk}", f"/conversations/{cast.in_open.pk}/acts"),
        (f"/spaces/{cast.open.pk}", f"/spaces/{cast.open.pk}"),
    ):
        assert "Tell me of every message" in said_by(client.get(menu))
        assert client.post(f"{where}/notifications?how=all").status_code == 302
        assert "Tell me only when I am named or answered" in said_by(client.get(menu))
        assert client.post(f"{where}/notifications?how=own").status_code == 302
        for wrong in ("", "?how=loud"):
            assert client.post(f"{where}/notifications{wrong}").status_code == 422
    assert cast.client(cast.marek).post(f"/spaces/{cast.secret.pk}/notifications?how=all").status_code == 404
    assert Conversation.unscoped.exists()
