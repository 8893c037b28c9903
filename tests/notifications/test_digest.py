"""The digest: what one has not read of the last days, whole in one mail, twelve at most, and each thing once."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from terrain.conversations.following import follow
from terrain.conversations.models import Conversation, Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.reading import read_up_to
from terrain.conversations.replying import reply
from terrain.conversations.setting_aside import set_aside
from terrain.conversations.unread import read_all
from terrain.conversations.versions import say_also
from terrain.direct.talking import begin as write_to
from terrain.notices.kind import Notice
from terrain.notifications import digest
from terrain.notifications.addresses import part_of, read_secret, to_conversation
from terrain.notifications.digest import Digest
from terrain.notifications.hours import Attention, Often, attention_of
from terrain.notifications.level import How, want
from terrain.notifications.models import Mail
from terrain.notifications.outbox import post_due
from terrain.people.models import Person
from tests.cast import Cast, person
from tests.house.addresses import said_by

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def samira(cast: Cast) -> Person:
    """She has read everything, and gets a digest every morning; whatever the hour of the test, nothing is quiet."""
    read_all(cast.samira, timezone.now() + timedelta(seconds=1))
    never = {"at_week_ends": False, "on_holidays": False, "quiet_until": time(12), "quiet_from": time(12)}
    Attention.objects.create(person=cast.samira, digest=Often.DAILY, **never)
    digest.plan(timezone.now() - timedelta(minutes=1), [cast.samira.pk])
    return cast.samira


def tomorrow() -> datetime:
    """A moment after the next eight o'clock, wherever that is."""
    return timezone.now() + timedelta(hours=26)


def opened(
    cast: Cast, title: str, words: str = "<p>Trois degrés de trop.</p>", kind: str = "post"
) -> Conversation:
    return open_conversation(cast.open, cast.loic, words, title=title, kind=kind)


def said_on(here: Conversation, at: datetime) -> None:
    """All of it was said at this moment."""
    Message.unscoped.filter(conversation=here).update(written_at=at)
    Conversation.unscoped.filter(pk=here.pk).update(last_activity_at=at)


def sent(at: datetime) -> list[EmailMultiAlternatives]:
    """What the worker sends at this moment."""
    before = len(mail.outbox)
    digest.send_due(at)
    post_due(at)
    return mail.outbox[before:]  # type: ignore[return-value]


def test_what_was_not_read_is_in_it_whole_and_once(cast: Cast, samira: Person) -> None:
    long = " ".join(f"mot{n}" for n in range(300))
    here = opened(cast, "Ligne 1", f'<p>{long}</p><p><a href="/people/1">@Loïc</a></p>')
    reply(here, cast.claire, "<p>Vu, <strong>merci</strong> &amp; bravo.</p>")
    assert sent(timezone.now()) == [], "not before its morning"
    (one,) = sent(tomorrow())
    assert long in str(one.body)
    html = str(one.alternatives[0][0])
    assert "<strong>merci</strong> &amp; bravo" in html
    assert 'href="http://127.0.0.1' in html
    assert 'href="/' not in html, "in a mail no address begins with a page"
    assert "Vu, merci & bravo." in str(one.body)
    assert "2 min to read" in one.subject
    assert f"/conversations/{here.pk}#write" in html, "it is answered in one press"
    said_on(opened(cast, "Ligne 2"), tomorrow() + timedelta(hours=1))
    (two,) = sent(tomorrow() + timedelta(days=1))
    assert "Ligne 2" in str(two.body)
    assert "Ligne 1" not in str(two.body), "what was in one digest is in no other"
    assert sent(tomorrow() + timedelta(days=2)) == [], "where there is nothing, nothing is sent"


def test_what_was_read_withdrawn_set_aside_or_said_directly_is_not_in_it(cast: Cast, samira: Person) -> None:
    seen, aside = opened(cast, "Déjà lu"), opened(cast, "Mis à part")
    read_up_to(seen, samira, 1)
    reply(aside, cast.claire, "<p>Idiot.</p>")
    read_up_to(aside, samira, 1)
    assert set_aside(Message.unscoped.get(conversation=aside, number=2))
    write_to(cast.loic, [samira], "<p>Entre nous.</p>")
    assert sent(tomorrow()) == []


def test_nobody_finds_in_it_what_they_may_not_read(cast: Cast) -> None:
    reply(cast.in_secret, cast.claire, "<p>Chut.</p>")
    reply(cast.in_closed, cast.claire, "<p>Entre membres.</p>")
    for each in Person.objects.all():
        may = set(Conversation.visible_to(each).values_list("pk", flat=True))
        chosen = digest.choose(each, timezone.now() - timedelta(days=800), timezone.now())
        assert {one.conversation_id for one in chosen} <= may


def test_twelve_at_most_in_the_order_that_is_said(cast: Cast, samira: Person) -> None:
    rest = [opened(cast, f"Autre {n:02}") for n in range(12)]
    opened(cast, "Arrêt", kind=Notice.name)
    followed, lively = opened(cast, "Suivie"), opened(cast, "Vive")
    asked = opened(cast, "Demandée")
    follow(followed, samira)
    want(asked, samira, How.DIGEST)
    for who in (cast.claire, cast.ines, cast.marek):
        reply(lively, who, "<p>Moi aussi.</p>")
    found = digest.choose(
        samira, timezone.now() - timedelta(days=1), timezone.now(), digest.asked_for([samira.pk])[samira.pk]
    )
    titles = [each.title for each in found]
    assert titles[:5] == ["Demandée", "Arrêt", "Suivie", "Vive", rest[-1].title]
    assert len(titles) == 12
    (one,) = sent(tomorrow())
    body = str(one.body)
    assert body.index("== Notices ==") < body.index("== Conversations ==")
    assert body.index("Arrêt") < body.index("Demandée") < body.index("Suivie")


def test_a_long_conversation_says_how_many_more_there_are(cast: Cast, samira: Person) -> None:
    here = opened(cast, "Longue", f"<p>{'mot ' * 250}</p>")
    for n in range(5):
        reply(here, cast.claire, f"<p>Réponse {n}. {'mot ' * 120}</p>")
    (one,) = sent(tomorrow())
    body = str(one.body)
    assert "Réponse 1." in body
    assert "Réponse 2." not in body
    assert "And 3 more messages" in body


def test_it_is_in_the_language_of_who_gets_it(cast: Cast, samira: Person) -> None:
    Person.objects.filter(pk=samira.pk).update(language="fr")
    here = opened(cast, "Sonde", "<p>The probe drifts.</p>")
    say_also(cast.first(here), cast.loic, "fr", "<p>La sonde dérive.</p>")
    (one,) = sent(tomorrow())
    assert one.subject.startswith("Votre lettre du jour · Ateliers Rivoire · 1\u00a0min")
    assert "La sonde dérive." in str(one.body)
    assert "The probe" not in str(one.body)
    for each in (one.body, one.alternatives[0][0]):
        assert "{{" not in str(each)
        assert "None" not in str(each)


def test_one_press_stops_it_and_it_alone(cast: Cast, samira: Person) -> None:
    opened(cast, "Ligne 1")
    (one,) = sent(tomorrow())
    message = one.message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    stop = message["List-Unsubscribe"].strip("<>").partition("127.0.0.1")[2].partition("/")[2]
    passer_by = cast.client()
    assert "You get a digest" in said_by(passer_by.get(f"/{stop}"))
    assert passer_by.post(f"/{stop}", {"List-Unsubscribe": "One-Click"}).status_code == 200
    kept = attention_of(samira)
    assert (kept.digest, kept.by_mail) == (Often.NEVER, True)
    said_on(opened(cast, "Ligne 2"), tomorrow() + timedelta(hours=1))
    assert sent(tomorrow() + timedelta(days=1)) == []
    assert not Digest.objects.filter(person=samira).exists()


def test_on_mondays_at_eight_for_whoever_never_said(cast: Cast) -> None:
    wednesday = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
    newcomer = person("Nora Lefort")
    assert digest.plan(wednesday) > 0
    assert digest.plan(wednesday) == 0, "once each"
    assert Digest.objects.get(person=newcomer).due_at == datetime(2026, 12, 7, 8, 0, tzinfo=PARIS)
    for where, there in (("Pacific/Auckland", "Pacific/Auckland"), ("", "Europe/Paris")):
        newcomer.zone = where
        due = digest.next_due(attention_of(newcomer), wednesday)
        assert due.astimezone(ZoneInfo(there)).strftime("%A %H:%M") == "Monday 08:00"
    easter = attention_of(newcomer)
    assert digest.next_due(easter, datetime(2026, 4, 2, 9, 0, tzinfo=UTC)) == datetime(
        2026, 4, 7, 8, 0, tzinfo=PARIS
    ), "Easter Monday is quiet"


def test_who_left_or_has_no_address_gets_none(cast: Cast, samira: Person) -> None:
    opened(cast, "Ligne 1")
    Person.objects.filter(pk=samira.pk).update(left_on=date(2026, 1, 1))
    assert sent(tomorrow()) == []
    Person.objects.filter(pk=samira.pk).update(left_on=None, email=None)
    assert digest.plan(timezone.now(), [samira.pk]) == 0


def test_it_counts_among_the_six_of_a_day(cast: Cast, samira: Person) -> None:
    opened(cast, "Ligne 1")
    at = tomorrow()
    for n in range(6):
        when = at - timedelta(hours=n)
        Mail.objects.create(person=samira, made_at=when, sent_at=when, subject="", text="", html="")
    assert sent(at) == []
    assert len(sent(at + timedelta(hours=19, minutes=1))) == 1


def test_on_leave_nothing_rings_and_afterwards_there_is_one(cast: Cast, samira: Person) -> None:
    begin = timezone.localdate()
    Attention.objects.filter(person=samira).update(away_from=begin, away_until=begin + timedelta(days=20))
    opened(cast, "Ligne 1")
    for day in range(1, 20):
        assert sent(timezone.now() + timedelta(days=day)) == []
    (one,) = sent(timezone.now() + timedelta(days=22))
    assert "Ligne 1" in str(one.body)


def test_whoever_wants_something_in_their_digest_gets_one(cast: Cast, samira: Person) -> None:
    Attention.objects.filter(person=samira).update(digest=Often.NEVER)
    Digest.objects.all().delete()
    where = f"/conversations/{cast.in_open.pk}/notifications?how=digest"
    assert cast.client(samira).post(where).status_code == 302
    assert attention_of(samira).digest == Often.WEEKLY
    assert Digest.objects.filter(person=samira).exists()


def test_another_rhythm_loses_nothing(cast: Cast, samira: Person) -> None:
    opened(cast, "Ligne 1")
    Digest.objects.filter(person=samira).update(since=timezone.now() - timedelta(days=6))
    given = {"bundle": "240", "digest": "weekly", "quiet_from": "19:00", "quiet_until": "08:00"}
    assert cast.client(samira).post("/settings/attention", given).status_code == 302
    planned = Digest.objects.get(person=samira)
    assert planned.due_at.astimezone(PARIS).isoweekday() <= 5
    assert planned.since <= timezone.now() - timedelta(days=6)


def test_a_leave_that_makes_no_sense_is_said(cast: Cast, samira: Person) -> None:
    client = cast.client(samira)
    given = {"bundle": "240", "digest": "daily", "quiet_from": "19:00", "quiet_until": "08:00"}
    for begin, end, said in (
        ("2026-12-24", "2026-12-20", "It ends before it begins."),
        ("2026-12-24", "", "or neither"),
        ("2026-12-24", "2029-12-24", "A year at most."),
        ("demain", "2026-12-24", "Write a day"),
    ):
        answer = client.post("/settings/attention", given | {"away_from": begin, "away_until": end})
        assert (answer.status_code, said in said_by(answer)) == (422, True)
    answer = client.post(
        "/settings/attention", given | {"away_from": "24/12/2026", "away_until": "2027-01-03"}
    )
    assert answer.status_code == 302
    kept = attention_of(samira)
    assert (kept.away_from, kept.away_until) == (date(2026, 12, 24), date(2027, 1, 3))
    assert 'value="2026-12-24"' in client.get("/settings").content.decode()


def test_where_mail_comes_in_it_is_answered_by_mail_too(cast: Cast, samira: Person, settings: Any) -> None:
    settings.MAIL_ADDRESS = "terrain+*@rivoire.example"
    here = opened(cast, "Ligne 1")
    (one,) = sent(tomorrow())
    address = to_conversation(samira, here.pk)
    assert read_secret(part_of(address) or "")
    assert f"Or by mail: {address}" in str(one.body)
    assert f'href="mailto:{address}?subject=Ligne%201"' in str(one.alternatives[0][0])
