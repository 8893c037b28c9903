"""Told by mail: gathered, outside of quiet hours, in one's language, stopped in one press; and nothing is lost."""

import random
import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from smtplib import SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend as LocMem
from procrastinate.contrib.django.models import ProcrastinateJob

from terrain.conversations.models import Message
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import reply
from terrain.direct.talking import begin as write_to
from terrain.notifications import bundling, jobs, outbox
from terrain.notifications.bundling import Bundle, send_due
from terrain.notifications.hours import Attention, Hours
from terrain.notifications.models import Mail, Notification
from terrain.notifications.outbox import post_due
from terrain.notifications.telling import tell
from terrain.people.models import Person
from tests.cast import Cast, person
from tests.house.addresses import said_by

TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
"""Ten o'clock in Paris, on a working day."""
FOUR_HOURS = timedelta(hours=4)
PARIS = ZoneInfo("Europe/Paris")


def work(at: datetime) -> list[EmailMultiAlternatives]:
    """What the worker sends at this moment."""
    before = len(mail.outbox)
    send_due(at)
    post_due(at)
    return mail.outbox[before:]  # type: ignore[return-value]


def say(cast: Cast, words: str, at: datetime, by: Person | None = None) -> Message:
    """Claire (or somebody) says it in Samira's conversation, and the worker tells her."""
    said = reply(cast.in_open, by or cast.claire, f"<p>{words}</p>")
    tell(said.pk, at)
    return said


def test_what_comes_within_four_hours_is_one_mail(cast: Cast) -> None:
    for n in range(3):
        say(cast, f"Message {n}.", TUESDAY + timedelta(minutes=n))
    assert work(TUESDAY + timedelta(hours=3, minutes=59)) == []
    (sent,) = work(TUESDAY + FOUR_HOURS)
    assert sent.to == ["samira.benali@rivoire.example"]
    assert all(f"Message {n}." in str(sent.body) for n in range(3))
    assert work(TUESDAY + timedelta(days=1)) == [], "and only once"


def test_what_was_read_meanwhile_is_in_no_mail(cast: Cast) -> None:
    say(cast, "Déjà vu.", TUESDAY)
    read_up_to(cast.in_open, cast.samira, 3)
    assert work(TUESDAY + FOUR_HOURS) == []
    assert not Bundle.objects.exists()


def test_nothing_rings_at_night_at_week_ends_and_on_holidays(cast: Cast) -> None:
    say(cast, "Tard.", TUESDAY + timedelta(hours=7))
    assert work(TUESDAY + timedelta(hours=12)) == []
    morning = datetime(2026, 12, 2, 8, 0, tzinfo=PARIS)
    assert work(morning - timedelta(minutes=1)) == []
    assert len(work(morning)) == 1
    say(cast, "Vendredi soir.", datetime(2026, 12, 4, 18, 0, tzinfo=PARIS))
    for day in (5, 6):
        assert work(datetime(2026, 12, day, 12, 0, tzinfo=PARIS)) == []
    assert len(work(datetime(2026, 12, 7, 8, 0, tzinfo=PARIS))) == 1
    say(cast, "Veille de Noël.", datetime(2026, 12, 24, 18, 0, tzinfo=PARIS))
    assert work(datetime(2026, 12, 25, 12, 0, tzinfo=PARIS)) == []
    assert len(work(datetime(2026, 12, 28, 8, 0, tzinfo=PARIS))) == 1


def test_it_is_by_the_clocks_of_where_one_is_now(cast: Cast) -> None:
    say(cast, "Elle voyage.", TUESDAY)
    Person.objects.filter(pk=cast.samira.pk).update(zone="Asia/Tokyo")
    assert work(TUESDAY + FOUR_HOURS) == [], "ten in the evening there"
    assert len(work(datetime(2026, 12, 2, 8, 0, tzinfo=ZoneInfo("Asia/Tokyo")))) == 1


def test_who_writes_at_night_learns_when_it_rings(cast: Cast) -> None:
    here = write_to(cast.loic, [cast.ines], "<p>Tu es là ?</p>")
    never = {"at_week_ends": False, "on_holidays": False, "quiet_until": time(12), "quiet_from": time(12)}
    Attention.objects.create(person=cast.ines, **never)
    page = f"/conversations/{here.pk}"
    assert "Nothing rings for" not in said_by(cast.client(cast.loic).get(page))
    now = datetime.now(PARIS)
    begin, end = (now - timedelta(hours=1)).time(), (now + timedelta(hours=1)).time()
    Attention.objects.update(quiet_from=begin, quiet_until=end)
    assert "Nothing rings for Inès Duarte now." in said_by(cast.client(cast.loic).get(page))


def test_hours_that_clocks_skip_or_say_twice() -> None:
    late = Hours(PARIS, time(0), time(2, 30), at_week_ends=False, on_holidays=False)
    spring = datetime(2026, 3, 29, 0, 30, tzinfo=PARIS)
    assert late.rings_at(spring) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "02:30 comes as 03:30"
    autumn = datetime(2026, 10, 25, 0, 30, tzinfo=PARIS)
    assert not late.is_quiet(late.rings_at(autumn))
    assert Hours(PARIS, time(9), time(9), at_week_ends=False).rings_at(TUESDAY) == TUESDAY


def test_no_more_than_six_a_day(cast: Cast) -> None:
    Attention.objects.create(person=cast.samira, bundle=15)
    sent = 0
    for n in range(20):
        say(cast, f"Message {n}.", TUESDAY - timedelta(hours=2) + timedelta(minutes=31 * n))
        sent += len(work(TUESDAY - timedelta(hours=2) + timedelta(minutes=31 * n + 20)))
    assert sent == 6
    assert work(datetime(2026, 12, 2, 8, 0, tzinfo=PARIS)) == [], "24 hours after the first of the six"
    (next_day,) = work(datetime(2026, 12, 2, 8, 20, tzinfo=PARIS))
    assert "Message 19." in str(next_day.body)


def test_it_is_in_the_language_of_who_gets_it_as_text_and_as_html(cast: Cast) -> None:
    Person.objects.filter(pk=cast.samira.pk).update(language="fr")
    say(cast, "La <b>sonde</b> &amp; le film.", TUESDAY)
    write_to(cast.loic, [cast.ines], "<p>At noon?</p>")
    tell(Message.unscoped.get(conversation__space=None).pk, TUESDAY)
    french, english = sorted(work(TUESDAY + FOUR_HOURS), key=lambda each: each.to, reverse=True)
    assert "Claire Fontaine écrit dans votre conversation" in str(french.body)
    assert "La sonde & le film." in str(french.body)
    assert "La sonde &amp; le film." in str(french.alternatives[0][0])
    assert french.subject == "La scelleuse chauffe · Ateliers Rivoire"
    assert "Loïc Morvan writes to you" in str(english.body)
    assert english.subject == "Loïc Morvan · Ateliers Rivoire"
    for each in (french, english):
        assert not re.search(r"\{\{|%\(|None", f"{each.body}{each.alternatives[0][0]}")


def test_its_headers_thread_it_and_stop_it_in_one_press(cast: Cast) -> None:
    say(cast, "Un.", TUESDAY)
    (first,) = work(TUESDAY + FOUR_HOURS)
    say(cast, "Deux.", TUESDAY + timedelta(hours=4, minutes=30))
    (second,) = work(TUESDAY + timedelta(hours=8, minutes=30))
    message = second.message()
    assert message["References"] == first.message()["References"]
    assert message["Message-ID"] != first.message()["Message-ID"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = re.search(r"<http://[^/]+(/mail/stop/[^>]+)>", message["List-Unsubscribe"])
    assert stop
    passer_by = cast.client()
    assert "No more of these mails" in said_by(passer_by.get(stop[1]))
    assert passer_by.post(stop[1], {"List-Unsubscribe": "One-Click"}).status_code == 200
    say(cast, "Trois.", TUESDAY + timedelta(days=1))
    assert work(TUESDAY + timedelta(days=2)) == []
    assert passer_by.post(stop[1] + "x").status_code == 404
    assert passer_by.get(f"/mail/stop/{cast.ines.pk}").status_code == 404


def test_what_the_server_refuses_is_tried_again_and_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise SMTPServerDisconnected("Connection unexpectedly closed")

    say(cast, "Tôt ou tard.", TUESDAY)
    monkeypatch.setattr(outbox, "_send", refuse)
    at = TUESDAY + FOUR_HOURS
    waits = []
    for _ in range(6):
        assert work(at) == []
        kept = Mail.objects.get()
        assert kept.due_at
        waits.append((kept.due_at - at).total_seconds() / 60)
        at = kept.due_at
    assert waits[:5] == [2, 4, 8, 16, 32]
    assert outbox.in_trouble() == outbox.Trouble(1, "SMTPServerDisconnected: Connection unexpectedly closed")
    monkeypatch.undo()
    assert len(work(at)) == 1
    assert outbox.in_trouble() is None
    assert Mail.objects.get().text == "", "its words are forgotten"
    outbox.sweep(at + timedelta(days=3))
    assert not Mail.objects.exists()


def test_a_server_is_called_once_for_all_and_where_nobody_answers_each_waits(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[bool] = []

    def nobody_answers(_: LocMem) -> None:
        opened.append(True)
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(LocMem, "open", nobody_answers)
    people = [cast.samira, cast.ines, cast.loic]
    for who in people:
        Mail.objects.create(person=who, subject="Un", text="Un", html="Un", made_at=TUESDAY, due_at=TUESDAY)
    assert post_due(TUESDAY) == 0
    assert len(opened) == 1, "whoever does not answer is not called again for each"
    two_minutes = TUESDAY + timedelta(minutes=2)
    assert [(each.attempts, each.due_at) for each in Mail.objects.all()] == [(1, two_minutes)] * 3
    monkeypatch.undo()
    assert post_due(two_minutes) == 3


def test_a_mail_that_waits_for_its_server_does_not_ring_at_night(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise ConnectionRefusedError("nobody listens")

    say(cast, "À 18 h 59.", TUESDAY + timedelta(hours=4, minutes=59))
    monkeypatch.setattr(outbox, "_send", refuse)
    assert work(datetime(2026, 12, 1, 18, 59, tzinfo=PARIS)) == []
    monkeypatch.undo()
    assert work(datetime(2026, 12, 1, 19, 1, tzinfo=PARIS)) == []
    assert len(work(datetime(2026, 12, 2, 8, 0, tzinfo=PARIS))) == 1


def test_who_has_no_address_or_left_gets_none(cast: Cast) -> None:
    say(cast, "Un.", TUESDAY)
    Person.objects.filter(pk=cast.samira.pk).update(left_on=date(2026, 1, 1))
    assert work(TUESDAY + FOUR_HOURS) == []
    Person.objects.filter(pk=cast.samira.pk).update(left_on=None, email=None)
    say(cast, "Deux.", TUESDAY)
    assert not Bundle.objects.exists()


def test_one_chooses_and_what_makes_no_sense_is_said(cast: Cast) -> None:
    client = cast.client(cast.samira)
    assert "Quiet hours" in said_by(client.get("/settings"))
    given = {"bundle": "60", "digest": "never", "quiet_from": "21:00", "quiet_until": "06:30"}
    assert client.post("/settings/attention", given).status_code == 302
    for written, read in (("21 h", time(21)), ("21h15", time(21, 15)), ("21:00", time(21))):
        client.post("/settings/attention", {**given, "quiet_from": written})
        assert Attention.objects.get().quiet_from == read
    kept = Attention.objects.get()
    assert (kept.by_mail, kept.bundle, kept.quiet_from, kept.at_week_ends) == (False, 60, time(21), False)
    for wrong, said in (
        ({"quiet_from": "25 h 00"}, "Write an hour, such as 19:00."),
        ({"bundle": "7"}, "Choose one of the four."),
        ({"digest": "yearly"}, "Choose one of the three."),
        ({"quiet_from": "06:31", "quiet_until": "06:30"}, "Two hours at least have to ring"),
    ):
        answer = client.post("/settings/attention", {**given, **wrong})
        assert (answer.status_code, said in said_by(answer)) == (422, True)


ZONES = ("Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland", "")
HOLIDAYS = {date(2026, 4, 6)}
EVENTS, PEOPLE, STEP = 10_000, 40, timedelta(minutes=15)


def is_quiet(who: Person, kept: Attention, now: datetime) -> bool:
    """What is promised, said anew."""
    here = now.astimezone(ZoneInfo(who.zone or "Europe/Paris"))
    if kept.at_week_ends and here.isoweekday() > 5:
        return True
    if kept.on_holidays and here.date() in HOLIDAYS:
        return True
    minutes = (here.hour * 60 + here.minute - kept.quiet_from.hour * 60 - kept.quiet_from.minute) % 1440
    quiet = (
        (kept.quiet_until.hour - kept.quiet_from.hour) * 60 + kept.quiet_until.minute - kept.quiet_from.minute
    )
    return minutes < quiet % 1440


def test_ten_thousand_events_ring_once_each_and_never_in_quiet_hours(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two weeks in which clocks change in Europe and in Australia, and people their hours and their places."""
    chance = random.Random(20_261_201)
    begins = datetime(2026, 3, 25, tzinfo=UTC)
    people = [person(f"Personne {n:03}") for n in range(PEOPLE)]
    kept: dict[int, Attention] = {}
    for each in people:
        hours = [time(chance.randrange(24), chance.choice((0, 30))) for _ in range(2)]
        if (hours[1].hour - hours[0].hour) % 24 > 20:
            hours = [time(19), time(8)]
        kept[each.pk] = Attention.objects.create(
            person=each,
            bundle=chance.choice((15, 60, 240)),
            quiet_from=hours[0],
            quiet_until=hours[1],
            at_week_ends=chance.random() < 0.7,
            on_holidays=chance.random() < 0.7,
        )
    said = [
        Message.unscoped.create(conversation=cast.in_open, number=n, author=cast.loic, body="<p>Dit.</p>")
        for n in range(3, 4 + EVENTS // PEOPLE)
    ]
    pairs = chance.sample([(who, what) for who in people for what in said], EVENTS)
    events = sorted(
        ((begins + timedelta(minutes=chance.randrange(14 * 1440)), who, what) for who, what in pairs),
        key=lambda event: event[0],
    )
    monkeypatch.setattr(bundling, "MOST", EVENTS)
    rang: Counter[tuple[str, str]] = Counter()
    rings: defaultdict[str, list[datetime]] = defaultdict(list)
    by_address = {each.email: each for each in people}
    now, left = begins, list(reversed(events))
    while left or Bundle.objects.exists() or Mail.objects.filter(sent_at=None).exists():
        while left and left[-1][0] <= now:
            _, who, what = left.pop()
            Notification.objects.create(
                person=who, message=what, conversation=cast.in_open, why="all", told_at=now
            )
            bundling.begin([who.pk], now)
        if chance.random() < 0.05:
            who = chance.choice(people)
            who.zone = chance.choice(ZONES)
            who.save(update_fields=["zone"])
        for sent in work(now):
            who = by_address[sent.to[0]]
            assert not is_quiet(who, kept[who.pk], now), f"{who} at {now}"
            rings[sent.to[0]].append(now)
            for message in re.findall(r"/messages/(\d+)", str(sent.body)):
                rang[sent.to[0], message] += 1
        now += STEP
        assert now < begins + timedelta(days=40)
    assert len(rang) == EVENTS, "none is lost"
    assert set(rang.values()) == {1}, "none twice"
    seven = bundling.A_DAY
    for moments in rings.values():
        for first, last in zip(moments, moments[seven:], strict=False):
            assert last - first >= timedelta(days=1), "no seven in a day"


def test_the_worker_makes_them_a_part_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that whoever is written to meanwhile is told at once."""
    monkeypatch.setattr(bundling, "BATCH", 2)
    Bundle.objects.bulk_create(
        [Bundle(person=each, due_at=TUESDAY) for each in (cast.samira, cast.loic, cast.ines)]
    )
    waiting = ProcrastinateJob.objects.filter(task_name="notifications.mail", status="todo")
    jobs.mail(timestamp=0)
    assert (Bundle.objects.count(), waiting.count()) == (1, 1)
    jobs.mail(timestamp=0)
    assert (Bundle.objects.count(), waiting.count()) == (0, 1), "one waits already"
    waiting.delete()
    jobs.mail(timestamp=0)
    assert waiting.count() == 0, "nothing is left"
