"""Setting aside: by two people, for a day by one alone, whole and back word for word; and one appeal."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from terrain.conversations.editing import edit
from terrain.conversations.message import NotStanding
from terrain.conversations.models import Conversation, Edit, Message, SettingAside, Version
from terrain.conversations.opening import open_conversation
from terrain.conversations.replying import reply
from terrain.conversations.settling import StillSettling
from terrain.conversations.versions import say_also
from terrain.conversations.withdrawing import withdraw
from terrain.hosting.hosting import volunteer
from terrain.people.models import Person
from terrain.people.steward import appoint, dismiss
from terrain.reports.appealing import NothingToAppeal, appeal, judge, let_unheard_back
from terrain.reports.deciding import Ending, confirm, give_back, let_lapse, set_aside, standing
from terrain.reports.handling import NotAlone, role_of
from terrain.reports.models import Decision
from terrain.reports.reasons import Reason
from terrain.reports.waiting import matters
from terrain.trust.models import Entry
from tests.cast import Cast, let_settle, person
from tests.house.addresses import file_of, said_by

WHY = "Le nom de la cliente n’a rien à faire ici."
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def said(cast: Cast) -> Message:
    """What Loïc says in a space that Inès and Claire look after; Samira quotes a passage of it, and says so."""
    let_settle(cast.in_open)
    for host in (cast.ines, cast.claire):
        volunteer(cast.open, host)
    message = reply(cast.in_open, cast.loic, "<p>Madame Perrot habite rue des Lilas.</p>")
    say_also(message, cast.loic, "en", "<p>Mrs Perrot lives in Lilac Street.</p>")
    edit(message, cast.loic, "<p>Madame Perrot habite 4 rue des Lilas, à Saint-Aubin.</p>")
    reply(cast.in_open, cast.samira, "<p>Pas ici, Loïc.</p>", reply_to=message, passage="rue des Lilas")
    message.refresh_from_db()
    return message


def whole(message: Message) -> list[object]:
    """All that the database holds of a message's words, but what counts its changes."""
    own = Message.unscoped.filter(pk=message.pk).values_list("body", "edited_at", "language")
    quoting = Message.unscoped.filter(reply_to=message).order_by("pk").values_list("pk", "passage")
    other = Version.objects.filter(message=message).values_list("language", "body")
    before = Edit.objects.filter(message=message).order_by("pk").values_list("body", flat=True)
    title = Conversation.unscoped.filter(pk=message.conversation_id).values_list("title", flat=True)
    return [*own, *quoting, *other, *before, *title]


def entries() -> list[tuple[str, int | None, str]]:
    """The log from the first setting aside on."""
    rows = list(Entry.objects.order_by("number").values_list("act", "actor", "reason"))
    return rows[next(i for i, row in enumerate(rows) if row[0] == "set aside") :]


def read_by(cast: Cast, reader: Person, address: str) -> str:
    return said_by(cast.client(reader).get(address, follow=True))


def test_its_words_are_nowhere_and_come_back_word_for_word(cast: Cast, said: Message) -> None:
    before = whole(said)
    set_aside(said, cast.ines, Reason.PERSONAL, WHY)
    conversation = f"/conversations/{cast.in_open.pk}"
    everywhere = (
        conversation,
        "/",
        f"/spaces/{cast.open.pk}",
        f"/messages/{said.pk}/edits",
        "/direct",
        "/log",
    )
    for reader in (cast.samira, cast.marek, cast.loic, cast.ines):
        for address in everywhere:
            shown = read_by(cast, reader, address)
            assert not any(word in shown for word in ("Lilas", "Lilac")), f"{address} shows it to {reader}"
    shown = read_by(cast, cast.marek, conversation)
    assert "Message set aside" in shown
    assert "By somebody who looks after the space. Reason: Somebody’s private life." in shown
    assert "Pas ici, Loïc." in shown, "what answers it stands"
    decision = standing(said)
    assert decision is not None
    give_back(decision, cast.claire)
    assert whole(said) == before
    assert "4 rue des Lilas" in read_by(cast, cast.marek, conversation)


def test_it_is_found_by_no_search_and_neither_are_its_files(cast: Cast, said: Message) -> None:
    file_of(said)
    assert "4 rue des" in read_by(cast, cast.marek, "/search?q=Aubin")
    assert f"/messages/{said.pk}" in read_by(cast, cast.marek, "/search?q=aubepine&sort=files")
    set_aside(said, cast.ines, Reason.PERSONAL, WHY)
    assert "4 rue des" not in read_by(cast, cast.marek, "/search?q=Aubin")
    assert f"/messages/{said.pk}" not in read_by(cast, cast.marek, "/search?q=aubepine&sort=files")


def test_what_opens_a_conversation_takes_its_title_along(cast: Cast) -> None:
    volunteer(cast.open, cast.ines)
    here = open_conversation(
        cast.open, cast.loic, "<p>Elle ment.</p>", title="Claire Fontaine est une menteuse"
    )
    first, space = cast.first(here), f"/spaces/{cast.open.pk}"
    set_aside(first, cast.ines, Reason.HARASSMENT, WHY)
    shown = "".join(read_by(cast, cast.marek, each) for each in (space, f"/conversations/{here.pk}", "/log"))
    assert "menteuse" not in shown
    assert "Message set aside" in read_by(cast, cast.marek, space)
    let_lapse(datetime.now(UTC) + timedelta(days=2))
    here.refresh_from_db()
    assert here.title == "Claire Fontaine est une menteuse"


def test_what_one_does_alone_comes_back_after_a_day(cast: Cast, said: Message) -> None:
    decision = set_aside(said, cast.ines, Reason.PERSONAL, WHY, NOW)
    assert let_lapse(NOW + timedelta(hours=23, minutes=59)) == 0
    assert let_lapse(NOW + timedelta(hours=24)) == 1
    assert let_lapse(NOW + timedelta(hours=25)) == 0
    decision.refresh_from_db()
    assert decision.ending == Ending.LAPSED
    assert entries() == [("set aside", cast.ines.pk, "personal"), ("message came back", None, "personal")]
    log = read_by(cast, cast.marek, "/log")
    assert "A message came back by itself: nobody confirmed that it was set aside" in log
    assert "The command line A message" not in log


def test_it_takes_a_second_person_to_last(cast: Cast, said: Message) -> None:
    decision = set_aside(said, cast.ines, Reason.PERSONAL, WHY, NOW)
    for nobody in (cast.ines, cast.samira, cast.loic):
        with pytest.raises(NotAlone):
            confirm(decision, nobody, WHY)
    confirm(decision, cast.claire, WHY, NOW)
    assert let_lapse(NOW + timedelta(days=30)) == 0
    with pytest.raises(NotAlone):
        give_back(decision, cast.claire)
    assert "A second person confirmed it." in read_by(cast, cast.marek, f"/conversations/{cast.in_open.pk}")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(second=cast.ines)


def test_its_author_is_told_by_who_did_it_and_reads_every_word(cast: Cast, said: Message) -> None:
    decision = set_aside(said, cast.ines, Reason.PERSONAL, WHY)
    told = Message.visible_to(cast.loic).filter(conversation__space=None).get()
    assert told.author == cast.ines
    assert WHY in told.body
    assert f"/messages/{said.pk}/appeal" in told.body
    own = read_by(cast, cast.loic, f"/messages/{said.pk}/appeal")
    assert "4 rue des Lilas" in own
    assert WHY in own
    assert cast.client(cast.samira).get(f"/messages/{said.pk}/appeal").status_code == 404
    confirm(decision, cast.claire, "Je suis du même avis, après relecture.")
    asked = {"words": "Elle m’avait dit que je pouvais le dire."}
    assert cast.client(cast.loic).post(f"/messages/{said.pk}/appeal", asked).status_code == 302
    assert asked["words"] in read_by(cast, cast.loic, f"/messages/{said.pk}/appeal")
    assert cast.client(cast.loic).post(f"/messages/{said.pk}/appeal", asked).status_code == 422, "once"


def test_an_appeal_is_heard_by_neither_of_the_two(cast: Cast, said: Message) -> None:
    appoint(cast.samira)
    before = whole(said)
    with pytest.raises(NothingToAppeal):
        appeal(said, cast.loic, WHY)
    decision = set_aside(said, cast.ines, Reason.PERSONAL, WHY)
    with pytest.raises(NothingToAppeal):
        appeal(said, cast.loic, WHY)
    confirm(decision, cast.claire, WHY)
    with pytest.raises(NothingToAppeal):
        appeal(said, cast.samira, WHY)
    appeal(said, cast.loic, "Elle m’avait dit que je pouvais le dire.")
    for one in (cast.ines, cast.claire, cast.loic):
        with pytest.raises(NotAlone):
            judge(said, one, WHY, is_granted=True)
    assert [each.is_appeal for each in matters(cast.samira)] == [True]
    judge(said, cast.samira, WHY, is_granted=True)
    assert whole(said) == before
    assert entries()[-1] == ("appeal granted", cast.samira.pk, "personal")
    assert matters(cast.samira) == []


def test_an_appeal_that_is_refused_is_the_last(cast: Cast, said: Message) -> None:
    appoint(cast.samira)
    confirm(set_aside(said, cast.ines, Reason.PERSONAL, WHY), cast.claire, WHY)
    appeal(said, cast.loic, "Elle m’avait dit que je pouvais le dire.")
    judge(said, cast.samira, "La personne citée nous l’a redemandé.", is_granted=False)
    assert entries()[-1] == ("appeal refused", cast.samira.pk, "personal")
    assert let_unheard_back(datetime.now(UTC) + timedelta(days=30)) == 0
    assert SettingAside.objects.filter(message=said).exists()
    with pytest.raises(NothingToAppeal):
        appeal(said, cast.loic, "Encore une fois, s’il vous plaît.")
    assert "nous l’a redemandé" in read_by(cast, cast.loic, f"/messages/{said.pk}/appeal")


def test_an_appeal_that_nobody_hears_gives_the_words_back(cast: Cast, said: Message) -> None:
    before = whole(said)
    confirm(set_aside(said, cast.ines, Reason.PERSONAL, WHY, NOW), cast.claire, WHY, NOW)
    appeal(said, cast.loic, "Elle m’avait dit que je pouvais le dire.", NOW)
    assert let_unheard_back(NOW + timedelta(days=6, hours=23)) == 0
    assert let_unheard_back(NOW + timedelta(days=7)) == 1
    assert whole(said) == before
    assert entries()[-1] == ("appeal not heard", None, "personal")


def test_its_author_may_withdraw_it_and_that_settles_it(cast: Cast, said: Message) -> None:
    set_aside(said, cast.ines, Reason.PERSONAL, WHY)
    with pytest.raises(NotStanding):
        edit(said, cast.loic, "<p>Une autre rue.</p>")
    with pytest.raises(NotStanding):
        say_also(said, cast.loic, "en", "<p>Another street.</p>")
    assert cast.client(cast.loic).post(f"/messages/{said.pk}/edit", {"body": "x"}).status_code == 404
    withdraw(said, cast.loic)
    assert not SettingAside.objects.exists()
    assert Decision.objects.get().ending == Ending.WITHDRAWN
    assert let_lapse(datetime.now(UTC) + timedelta(days=2)) == 0
    assert "Message withdrawn by its author" in read_by(cast, cast.marek, f"/conversations/{cast.in_open.pk}")


def test_who_quoted_it_and_went_away_is_not_made_to_quote_again(cast: Cast, said: Message) -> None:
    quoting = Message.unscoped.get(reply_to=said)
    decision = set_aside(said, cast.ines, Reason.PERSONAL, WHY)
    withdraw(quoting, cast.samira)
    give_back(decision, cast.ines)
    quoting.refresh_from_db()
    assert quoting.passage == ""


def test_in_its_first_three_days_only_what_the_law_forbids_is_set_aside(cast: Cast) -> None:
    volunteer(cast.open, cast.ines)
    for reason in (Reason.CONFIDENTIAL, Reason.SAFETY, Reason.OTHER):
        with pytest.raises(StillSettling):
            set_aside(cast.answer(cast.in_open), cast.ines, reason, WHY)
    assert set_aside(cast.answer(cast.in_open), cast.ines, Reason.UNLAWFUL, WHY)


def test_a_steward_decides_only_where_they_read(cast: Cast) -> None:
    appoint(cast.marek)
    assert role_of(cast.marek, cast.first(cast.in_open)) == "steward"
    for unseen in (cast.in_closed, cast.in_secret):
        where = f"/messages/{cast.answer(unseen).pk}"
        client = cast.client(cast.marek)
        assert client.get(f"{where}/handling").status_code == 404
        assert client.post(f"{where}/setting-aside", {"reason": "unlawful", "words": WHY}).status_code == 404
    dismiss(cast.marek)
    assert role_of(cast.marek, cast.first(cast.in_open)) is None


def test_nobody_else_decides(cast: Cast, said: Message) -> None:
    manager = person("Paul Renaud")
    cast.loic.manager = manager
    cast.loic.save()
    for nobody in (manager, cast.samira, cast.marek, cast.loic):
        client = cast.client(nobody)
        for act in ("handling", "setting-aside", "confirmation", "verdict", "word", "answer"):
            assert client.post(f"/messages/{said.pk}/{act}", {"words": WHY}).status_code in (404, 405), act
    assert not Decision.objects.exists()


def test_a_page_with_a_mistake_keeps_the_words_and_says_why(cast: Cast, said: Message) -> None:
    client = cast.client(cast.ines)
    where = f"/messages/{said.pk}/setting-aside"
    answer = client.post(where, {"reason": "personal", "words": "Trop court"})
    assert answer.status_code == 422
    assert "Trop court" in answer.content.decode()
    assert "20 characters" in answer.content.decode()
    answer = client.post(where, {"reason": "ugly", "words": WHY})
    assert answer.status_code == 422
    assert "Choose one of the six reasons." in answer.content.decode()
    assert client.post(where, {"reason": "personal", "words": WHY}).status_code == 302
    answer = client.post(where, {"reason": "personal", "words": WHY})
    assert answer.status_code == 422
    assert "not in its place any more" in answer.content.decode()
    answer = client.post(f"/messages/{said.pk}/confirmation", {"words": WHY})
    assert answer.status_code == 422
    assert "It takes somebody else" in answer.content.decode()
