"""Told of things that are no messages: thanks, an answer to a report, something new in a search that one follows."""

from datetime import UTC, datetime, timedelta

from django.core import mail
from django.utils import timezone

from terrain.conversations.opening import open_conversation
from terrain.notifications.bundling import send_due
from terrain.notifications.models import Notification
from terrain.notifications.outbox import post_due
from terrain.people.models import Person
from terrain.reports.reasons import Reason
from terrain.reports.report import answer, report
from terrain.search import saved
from terrain.search.saved import SavedSearch
from terrain.thanks.thanking import take_back, thank
from tests.cast import Cast
from tests.house.addresses import said_by

LATER = timedelta(minutes=5)


def for_you(cast: Cast, who: Person) -> str:
    return said_by(cast.client(who).get("/for-you"))


def news(who: Person) -> int:
    return Person.objects.get(pk=who.pk).news


def test_thanks_wait_for_who_is_thanked_until_they_go_there(cast: Cast) -> None:
    first = cast.first(cast.in_open)
    given = thank(cast.loic, cast.samira, "Pour la sonde, un samedi.", first)
    assert news(cast.samira) == 1
    assert "Loïc Morvan thanks you" in for_you(cast, cast.samira)
    assert "Pour la sonde, un samedi." in for_you(cast, cast.samira)
    assert "Loïc Morvan thanks you" not in for_you(cast, cast.ines)
    told = Notification.objects.get()
    assert cast.client(cast.ines).post(f"/for-you/{told.pk}").status_code == 404
    gone = cast.client(cast.samira).post(f"/for-you/{told.pk}")
    assert (gone.status_code, gone["Location"]) == (302, f"/messages/{first.pk}")
    assert (news(cast.samira), Notification.objects.count()) == (0, 0)
    again = thank(cast.ines, cast.samira, "Pour le café du matin.")
    assert news(cast.samira) == 1
    take_back(again)
    assert news(cast.samira) == 0, "what is taken back waits for nobody"
    assert given.pk


def test_they_are_in_the_mail_too_and_it_leads_there(cast: Cast) -> None:
    Person.objects.filter(pk=cast.samira.pk).update(language="fr")
    thank(cast.loic, cast.samira, "Pour la sonde, un samedi.")
    tuesday = datetime(2030, 12, 3, 13, 0, tzinfo=UTC)
    send_due(tuesday)
    post_due(tuesday)
    (sent,) = mail.outbox
    assert sent.subject == "1\u00a0nouveauté pour vous · Ateliers Rivoire"
    assert "Loïc Morvan vous remercie" in str(sent.body)
    assert f"/people/{cast.samira.pk}" in str(sent.body)


def test_whoever_reported_is_told_of_the_answer(cast: Cast) -> None:
    said = cast.answer(cast.in_open)
    made = report(said, cast.ines, Reason.OTHER)
    assert news(cast.ines) == 0
    assert answer(said, cast.claire, "Vu avec Loïc, <il> a repris ses mots.") == 1
    assert "Your report is answered" in for_you(cast, cast.ines)
    assert "Vu avec Loïc, &lt;il&gt; a repris ses mots." in for_you(cast, cast.ines)
    told = Notification.objects.get()
    gone = cast.client(cast.ines).post(f"/for-you/{told.pk}")
    assert gone["Location"] == f"/reports/{made.pk}"


def test_something_new_in_a_search_that_one_follows_is_told_once(cast: Cast) -> None:
    saved.keep(cast.ines, "élastomère")
    assert saved.tell_of_finds(timezone.now() + LATER) == 0
    SavedSearch.objects.update(asked_at=timezone.now() - LATER, looked_at=timezone.now() - LATER)
    open_conversation(cast.open, cast.loic, "<p>Un élastomère qui tient à 180 degrés.</p>")
    open_conversation(cast.secret, cast.claire, "<p>L’élastomère du repreneur.</p>")
    assert saved.tell_of_finds() == 1
    assert "Something new is found by “élastomère”" in for_you(cast, cast.ines)
    SavedSearch.objects.update(looked_at=timezone.now() - LATER)
    Notification.objects.all().delete()
    assert saved.tell_of_finds(timezone.now() + LATER) == 0, "of what one was told, one is not told again"


def test_a_search_that_finds_what_one_may_not_read_tells_nothing(cast: Cast) -> None:
    saved.keep(cast.ines, "repreneur")
    SavedSearch.objects.update(asked_at=timezone.now() - LATER, looked_at=timezone.now() - LATER)
    open_conversation(cast.secret, cast.claire, "<p>Encore le repreneur.</p>")
    assert saved.tell_of_finds() == 0
    assert news(cast.ines) == 0


def test_looking_or_following_no_longer_is_enough(cast: Cast) -> None:
    for done in ("look", "drop"):
        saved.keep(cast.ines, "élastomère")
        SavedSearch.objects.update(asked_at=timezone.now() - LATER, looked_at=timezone.now() - LATER)
        open_conversation(cast.open, cast.loic, f"<p>Élastomère, {done}.</p>")
        assert saved.tell_of_finds() == 1
        if done == "look":
            saved.look(SavedSearch.objects.get())
        else:
            saved.drop(cast.ines, "élastomère")
        assert news(cast.ines) == 0
