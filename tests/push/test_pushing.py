"""Told on a device: who and the first words, or how much waits; once, never in quiet hours, and never lost."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from terrain.config.examining import examine
from terrain.conversations.models import Message
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import reply
from terrain.conversations.withdrawing import withdraw
from terrain.direct.talking import begin as write_to
from terrain.notifications.hours import Attention, Hours
from terrain.notifications.level import How, want
from terrain.notifications.models import Notification
from terrain.notifications.telling import tell
from terrain.people.models import Person, Session
from terrain.people.steward import appoint
from terrain.push import pushing, sending
from terrain.push.models import Device, Due
from terrain.push.pushing import in_trouble, push_due, try_out
from terrain.push.quiet import next_quiet
from terrain.spaces.joining import leave
from terrain.thanks.thanking import thank
from tests.cast import Cast
from tests.house.addresses import said_by
from tests.push.service import Service, claims_of
from tests.push.told import Told

PARIS = ZoneInfo("Europe/Paris")
TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
"""Ten o'clock in Paris, on a working day."""
SOON = timedelta(seconds=10)
TellHere = Callable[..., Told]


def say(cast: Cast, words: str, at: datetime, by: Person | None = None, to: Message | None = None) -> Message:
    """Claire (or somebody) says it in Samira's conversation, and the worker tells her."""
    said = reply(cast.in_open, by or cast.claire, f"<p>{words}</p>", reply_to=to)
    tell(said.pk, at)
    return said


def work(service: Service, at: datetime) -> int:
    """What the worker does at this moment: how many pushes were taken."""
    return push_due(at, service.sender())


def test_it_says_who_and_the_first_words_in_ones_language(
    cast: Cast, told_at: TellHere, pushed: Service
) -> None:
    Person.objects.filter(pk=cast.samira.pk).update(language="fr")
    phone = told_at(cast.samira)
    said = say(cast, "La sonde est <strong>changée</strong>.", TUESDAY)
    assert work(pushed, TUESDAY) == 0, "she may be in the page"
    assert work(pushed, TUESDAY + SOON) == 1
    (words,) = pushed.words_for(phone.browser)
    assert words["title"] == "Claire Fontaine écrit dans votre conversation"
    assert words["body"] == "La sonde est changée."
    assert words["language"] == "fr"
    assert words["tag"] == f"c{cast.in_open.pk}"
    assert words["url"] == f"/messages/{said.pk}"
    assert words["answer"]["says"] == "Répondre"
    assert work(pushed, TUESDAY + timedelta(hours=1)) == 0, "and only once"


def test_its_service_is_asked_as_the_rfcs_say(cast: Cast, told_at: TellHere, pushed: Service) -> None:
    phone = told_at(cast.samira)
    key = phone.client.get("/settings").content.decode().split('data-push-key="')[1].split('"')[0]
    say(cast, "Un.", TUESDAY)
    work(pushed, TUESDAY + SOON)
    (came,) = pushed.came
    claims, signed_by = claims_of(came.headers["Authorization"])
    assert (claims["aud"], signed_by) == ("https://push.example", key)
    assert 0 < claims["exp"] - TUESDAY.timestamp() <= 24 * 3600
    assert came.headers["Content-Encoding"] == "aes128gcm"
    assert came.headers["TTL"] == "86400"
    assert re.fullmatch(r"[\w-]{1,32}", came.headers["Topic"])
    assert came.headers["Urgency"] == "normal"
    say(cast, "Et toi ?", TUESDAY + timedelta(hours=1), to=cast.first(cast.in_open))
    work(pushed, TUESDAY + timedelta(hours=1) + SOON)
    assert pushed.came[-1].headers["Urgency"] == "high", "it answers her"


def test_several_at_once_are_one_and_say_how_many(cast: Cast, told_at: TellHere, pushed: Service) -> None:
    phone = told_at(cast.samira)
    for n in range(6):
        say(cast, f"Message {n}.", TUESDAY + timedelta(seconds=n), by=(cast.claire, cast.ines)[n % 2])
    assert work(pushed, TUESDAY + SOON) == 1
    (words,) = pushed.words_for(phone.browser)
    assert words["title"] == f"6 messages in “{cast.in_open.title}”"
    assert words["body"].splitlines() == [
        "Claire Fontaine · Message 2.",
        "Inès Duarte · Message 3.",
        "Claire Fontaine · Message 4.",
        "Inès Duarte · Message 5.",
    ]
    assert words["url"] == f"/conversations/{cast.in_open.pk}"
    assert not Due.objects.exists()


def test_what_takes_the_place_of_another_says_what_that_one_said(
    cast: Cast, told_at: TellHere, pushed: Service
) -> None:
    """The push service may not have delivered the first, and the device shows one of them alone."""
    phone = told_at(cast.samira)
    say(cast, "Un.", TUESDAY)
    work(pushed, TUESDAY + SOON)
    say(cast, "Deux.", TUESDAY + timedelta(hours=1))
    work(pushed, TUESDAY + timedelta(hours=1) + SOON)
    assert [each["title"] for each in pushed.words_for(phone.browser)] == [
        "Claire Fontaine writes in your conversation",
        f"2 messages in “{cast.in_open.title}”",
    ]
    laptop = told_at(cast.samira)
    say(cast, "Trois.", TUESDAY + timedelta(hours=2))
    work(pushed, TUESDAY + timedelta(hours=2) + SOON)
    topics = {each.headers["Topic"] for each in pushed.came if each.path == phone.browser.path}
    assert len(topics) == 1
    assert topics.isdisjoint(
        each.headers["Topic"] for each in pushed.came if each.path == laptop.browser.path
    )


def test_of_several_conversations_it_says_how_much_waits(
    cast: Cast, told_at: TellHere, pushed: Service
) -> None:
    phone = told_at(cast.samira)
    say(cast, "Un.", TUESDAY)
    here = write_to(cast.loic, [cast.samira], "<p>Tu es là ?</p>")
    tell(cast.first(here).pk, TUESDAY + timedelta(seconds=1))
    assert work(pushed, TUESDAY + SOON) == 1
    (words,) = pushed.words_for(phone.browser)
    assert words["title"] == "2 messages for you"
    assert words["body"].splitlines() == [
        "Loïc Morvan writes to you",
        "Claire Fontaine writes in your conversation",
    ]
    assert (words["tag"], words["url"], "answer" in words) == ("for-you", "/for-you", False)


def test_discreet_it_says_no_name_and_no_word(cast: Cast, told_at: TellHere, pushed: Service) -> None:
    phone, laptop = told_at(cast.samira), told_at(cast.samira)
    Device.objects.filter(pk=phone.device.pk).update(is_discreet=True)
    say(cast, "La sonde est changée.", TUESDAY)
    assert work(pushed, TUESDAY + SOON) == 2
    (words,) = pushed.words_for(phone.browser)
    assert {name: value for name, value in words.items() if name not in ("icon", "badge", "quiet")} == {
        "title": "1 message for you",
        "body": "",
        "tag": "for-you",
        "url": "/for-you",
        "language": "en",
    }
    assert "sonde" in pushed.words_for(laptop.browser)[0]["body"]


def test_other_things_than_messages_are_told_too(cast: Cast, told_at: TellHere, pushed: Service) -> None:
    phone, at = told_at(cast.samira), datetime.now(UTC)
    never = {"at_week_ends": False, "on_holidays": False, "quiet_from": time(0), "quiet_until": time(0)}
    Attention.objects.create(person=cast.samira, **never)
    thank(cast.loic, cast.samira, "Pour la sonde, en dix minutes.")
    assert work(pushed, at + timedelta(minutes=1)) == 1
    thank(cast.ines, cast.samira, "Pour le café.")
    assert work(pushed, at + timedelta(minutes=2)) == 1
    first, second = pushed.words_for(phone.browser)
    assert (first["title"], first["body"]) == ("Loïc Morvan thanks you", "Pour la sonde, en dix minutes.")
    assert first["url"] == f"/people/{cast.samira.pk}"
    assert "answer" not in first
    assert (second["title"], second["tag"]) == ("Thanks", first["tag"])
    assert second["body"].splitlines() == ["Inès Duarte thanks you", "Loïc Morvan thanks you"]


def test_what_is_wanted_in_the_digest_alone_is_not_pushed(
    cast: Cast, told_at: TellHere, pushed: Service
) -> None:
    told_at(cast.samira)
    want(cast.in_open, cast.samira, How.DIGEST)
    say(cast, "Pas pressé.", TUESDAY)
    assert Notification.objects.filter(person=cast.samira).exists()
    assert work(pushed, TUESDAY + SOON) == 0


@pytest.mark.parametrize("how", ["read", "withdrawn", "left"])
def test_what_is_read_or_gone_meanwhile_is_not_pushed(
    cast: Cast, told_at: TellHere, pushed: Service, how: str
) -> None:
    told_at(cast.samira)
    said = reply(cast.in_closed, cast.claire, "<p>Déjà vu.</p>")
    tell(said.pk, TUESDAY)
    assert Due.objects.count() == 1
    if how == "read":
        read_up_to(cast.in_closed, cast.samira, said.number)
    elif how == "withdrawn":
        withdraw(said, cast.claire)
    else:
        leave(cast.closed, cast.samira)
    assert work(pushed, TUESDAY + SOON) == 0
    assert not Due.objects.exists()


def test_in_quiet_hours_nothing_rings_and_in_the_morning_one_says_what_waits(
    cast: Cast, told_at: TellHere, pushed: Service
) -> None:
    phone = told_at(cast.samira)
    friday = datetime(2026, 12, 4, 19, 0, tzinfo=PARIS)
    for n in range(7):
        say(cast, f"Message {n}.", friday + timedelta(hours=7 * n), by=(cast.claire, cast.loic)[n % 2])
    monday = datetime(2026, 12, 7, 8, 0, tzinfo=PARIS)
    now = friday
    while now < monday:
        assert work(pushed, now) == 0, now
        now += timedelta(minutes=20)
    assert work(pushed, monday) == 1
    assert pushed.words_for(phone.browser)[0]["title"] == f"7 messages in “{cast.in_open.title}”"


def test_it_is_by_the_clocks_of_where_one_is_now(cast: Cast, told_at: TellHere, pushed: Service) -> None:
    told_at(cast.samira)
    say(cast, "Elle voyage.", TUESDAY)
    Person.objects.filter(pk=cast.samira.pk).update(zone="Pacific/Noumea")
    assert work(pushed, TUESDAY + SOON) == 0, "eight in the evening there"
    assert work(pushed, datetime(2026, 12, 2, 8, 0, tzinfo=ZoneInfo("Pacific/Noumea"))) == 1


def test_a_phone_that_was_off_learns_when_it_would_be_quiet(
    cast: Cast, told_at: TellHere, pushed: Service
) -> None:
    phone = told_at(cast.samira)
    say(cast, "Un.", TUESDAY)
    work(pushed, TUESDAY + SOON)
    begins, ends = (
        datetime.fromtimestamp(each / 1000, PARIS) for each in pushed.words_for(phone.browser)[0]["quiet"]
    )
    assert begins == datetime(2026, 12, 1, 19, 0, tzinfo=PARIS)
    assert ends == datetime(2026, 12, 2, 8, 0, tzinfo=PARIS)


@pytest.mark.parametrize("zone", ["Europe/Paris", "Australia/Lord_Howe", "Pacific/Auckland"])
def test_no_quiet_moment_comes_before_the_next_one_is_said_to_begin(zone: str) -> None:
    for begin, end in ((time(19), time(8)), (time(2, 30), time(3)), (time(13), time(14)), (time(0), time(7))):
        hours = Hours(ZoneInfo(zone), begin, end)
        at = datetime(2026, 3, 26, 0, 7, tzinfo=UTC)
        for _ in range(60):
            at += timedelta(hours=6, minutes=31)
            at = hours.rings_at(at)
            found = next_quiet(hours, at)
            assert found, "at least the week-end comes"
            moment = at
            while moment < min(found[0], at + timedelta(days=1)):
                assert not hours.is_quiet(moment), (moment, found)
                moment += timedelta(minutes=5)
            assert hours.is_quiet(found[0])
            assert not hours.is_quiet(found[1])
    assert next_quiet(Hours(ZoneInfo(zone), time(9), time(9), False, False), TUESDAY) is None


def test_who_has_no_device_has_no_rows_and_whose_session_ended_is_told_nothing(
    cast: Cast, told_at: TellHere, pushed: Service
) -> None:
    say(cast, "Un.", TUESDAY)
    assert not Due.objects.exists()
    told_at(cast.samira)
    say(cast, "Deux.", TUESDAY)
    Session.objects.all().delete()
    assert work(pushed, TUESDAY + SOON) == 0
    assert not Due.objects.exists()
    assert Device.objects.count() == 1


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_is_gone_is_forgotten(
    cast: Cast, told_at: TellHere, pushed: Service, status: int
) -> None:
    phone, laptop = told_at(cast.samira), told_at(cast.samira)
    pushed.answer(phone.browser, status)
    say(cast, "Un.", TUESDAY)
    assert work(pushed, TUESDAY + SOON) == 1
    assert not phone.is_told
    assert len(pushed.words_for(laptop.browser)) == 1


def test_what_a_service_does_not_take_is_tried_again_and_forgotten_after_two_weeks(
    cast: Cast, told_at: TellHere, pushed: Service
) -> None:
    Attention.objects.create(person=cast.samira, at_week_ends=False, quiet_from=time(0), quiet_until=time(0))
    phone, at, waits = told_at(cast.samira), TUESDAY + SOON, []
    begun = at
    pushed.answer(phone.browser, *[500] * 200)
    say(cast, "Tôt ou tard.", TUESDAY)
    while phone.is_told:
        assert work(pushed, at) == 0
        if not phone.is_told:
            break
        again = phone.device.rests_until
        assert again
        assert work(pushed, again - timedelta(seconds=1)) == 0
        waits.append((again - at).total_seconds() / 60)
        at = again
    assert waits[:10] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360]
    assert timedelta(days=14) < at - begun < timedelta(days=15)


def test_it_comes_once_its_service_takes_it(cast: Cast, told_at: TellHere, pushed: Service) -> None:
    phone = told_at(cast.samira)
    pushed.answer(phone.browser, 500, 503)
    say(cast, "Un.", TUESDAY)
    say(cast, "Deux.", TUESDAY)
    assert [work(pushed, TUESDAY + SOON + timedelta(minutes=n)) for n in range(5)] == [0, 0, 0, 1, 0]
    assert pushed.words_for(phone.browser)[-1]["title"].startswith("2 messages")
    assert (phone.device.failures, phone.device.trouble) == (0, "")


@pytest.mark.parametrize(
    ("asked", "minutes"), [("1800", 30), ("Tue, 01 Dec 2026 10:00:10 GMT", 60), ("soon", 1), ("-5", 1)]
)
def test_a_service_that_asks_for_patience_gets_it(
    cast: Cast, told_at: TellHere, pushed: Service, asked: str, minutes: int
) -> None:
    phone = told_at(cast.samira)
    pushed.answer(phone.browser, 429, Retry_After=asked)
    say(cast, "Un.", TUESDAY)
    work(pushed, TUESDAY + SOON)
    assert phone.device.rests_until == TUESDAY + SOON + timedelta(minutes=minutes)
    assert work(pushed, TUESDAY + SOON + timedelta(minutes=minutes)) == 1


def test_where_a_push_is_too_large_it_says_how_much_waits(
    cast: Cast, told_at: TellHere, pushed: Service
) -> None:
    phone = told_at(cast.samira)
    pushed.largest = 700
    say(cast, "Les mots " * 30, TUESDAY)
    assert work(pushed, TUESDAY + SOON) == 1
    assert pushed.words_for(phone.browser)[-1]["title"] == "1 message for you"


def test_no_push_has_more_bytes_than_services_take(cast: Cast, told_at: TellHere, pushed: Service) -> None:
    phone = told_at(cast.samira)
    Person.objects.filter(pk=cast.claire.pk).update(name="🧵" * 120)
    for _ in range(4):
        say(cast, "🧵" * 300, TUESDAY)
    assert work(pushed, TUESDAY + SOON) == 1
    assert len(pushed.came[0].body) <= 4096
    assert pushed.words_for(phone.browser)[0]["body"].endswith("…")


def test_one_connection_takes_many_and_one_that_was_closed_is_made_anew(
    cast: Cast, told_at: TellHere, pushed: Service
) -> None:
    phones = [told_at(cast.samira) for _ in range(5)]
    pushed.answer(phones[2].browser, 201, Connection="close")
    say(cast, "Un.", TUESDAY)
    assert work(pushed, TUESDAY + SOON) == 5
    assert len({each.connection for each in pushed.came}) == 2
    assert len(pushed.came) == 5


def test_a_service_that_is_silent_holds_up_nobody_else(
    cast: Cast, told_at: TellHere, pushed: Service
) -> None:
    silent = [told_at(cast.samira, host="away.example") for _ in range(5)]
    phone = told_at(cast.samira)
    pushed.hosts["away.example"] = []
    say(cast, "Un.", TUESDAY)
    assert work(pushed, TUESDAY + SOON) == 1
    assert len(pushed.words_for(phone.browser)) == 1
    assert max(pushed.patience) <= sending.SECONDS
    assert [each.device.failures for each in silent] == [1] * 5
    assert Due.objects.count() == 5, "nothing is lost"


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1"])
def test_no_address_inside_is_ever_reached(
    cast: Cast, told_at: TellHere, pushed: Service, inside: str
) -> None:
    phone = told_at(cast.samira, host="inside.example")
    pushed.hosts["inside.example"] = [inside]
    say(cast, "Un.", TUESDAY)
    assert work(pushed, TUESDAY + SOON) == 0
    assert pushed.connected == []
    assert "not of the public Internet" in phone.device.trouble


def test_a_certificate_that_is_not_the_services_is_not_taken(
    cast: Cast, told_at: TellHere, pushed: Service
) -> None:
    phone = told_at(cast.samira, host="other.example")
    say(cast, "Un.", TUESDAY)
    assert work(pushed, TUESDAY + SOON) == 0
    assert pushed.came == []
    assert "certificate" in phone.device.trouble


def test_what_leads_elsewhere_is_not_followed(cast: Cast, told_at: TellHere, pushed: Service) -> None:
    phone = told_at(cast.samira)
    pushed.answer(phone.browser, 307, Location="https://push.example/elsewhere")
    say(cast, "Un.", TUESDAY)
    assert work(pushed, TUESDAY + SOON) == 0
    assert [each.path for each in pushed.came] == [phone.browser.path]


def test_a_worker_that_died_meanwhile_leaves_it_to_the_next(
    cast: Cast, told_at: TellHere, pushed: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_at(cast.samira)
    say(cast, "Un.", TUESDAY)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sending.Sender, "send", dies)
        with pytest.raises(KeyboardInterrupt):
            work(pushed, TUESDAY + SOON)
    assert work(pushed, TUESDAY + SOON) == 0, "somebody has it"
    assert work(pushed, TUESDAY + timedelta(minutes=3)) == 1


def test_while_a_service_is_waited_for_nothing_is_locked(
    cast: Cast, told_at: TellHere, pushed: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else who reads at that moment would wait for somebody's push service."""
    told_at(cast.samira)
    said = say(cast, "Un.", TUESDAY)
    send = sending.Sender.send

    def send_and_look(sender: sending.Sender, *given: Any) -> Any:
        assert connection.savepoint_ids == [], "in no transaction but the test's own"
        read_up_to(cast.in_open, cast.samira, said.number)
        return send(sender, *given)

    monkeypatch.setattr(sending.Sender, "send", send_and_look)
    assert work(pushed, TUESDAY + SOON) == 1
    assert not Due.objects.exists()
    assert not Notification.objects.filter(person=cast.samira).exists()


def test_trying_it_says_how_it_is_even_in_quiet_hours(cast: Cast, told_at: TellHere, pushed: Service) -> None:
    phone, night = told_at(cast.samira), datetime(2026, 12, 1, 23, 0, tzinfo=PARIS)
    assert try_out(phone.device, night, pushed.sender())
    Device.objects.update(is_discreet=True)
    assert try_out(phone.device, night, pushed.sender())
    said = pushed.words_for(phone.browser)
    assert [each["title"] for each in said] == ["This device is told", "1 message for you"]
    assert [each["quiet"] for each in said] == [None, None], "she asked for it"


def test_where_pushes_fail_for_all_stewards_are_told(cast: Cast, told_at: TellHere, pushed: Service) -> None:
    phone = told_at(cast.samira)
    pushed.is_away = True
    say(cast, "Un.", TUESDAY)
    at = TUESDAY + SOON
    for _ in range(pushing.TROUBLED):
        assert in_trouble() is None
        work(pushed, at)
        at += timedelta(hours=1)
    assert in_trouble() == pushing.Trouble(1, "ConnectionRefusedError: nobody listens")
    findings: list[str] = []
    assert not examine(findings.append)
    assert any(
        each.startswith("ILL") and "1 devices are told nothing; a push service said: Conn" in each
        for each in findings
    )
    appoint(cast.claire)
    assert "1 device is not told" in said_by(cast.client(cast.claire).get("/stewards"))
    assert "1 device is not told" not in said_by(cast.client(cast.loic).get("/stewards"))
    told_at(cast.ines)
    assert in_trouble() is None, "others are told"
    assert phone.is_told
