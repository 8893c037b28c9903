"""Reports: in two presses, by anybody, told to nobody; answered within two working days."""

from datetime import UTC, datetime, timedelta

import pytest

from terrain.conversations.models import Message
from terrain.conversations.replying import reply
from terrain.conversations.withdrawing import withdraw
from terrain.hosting.hosting import volunteer
from terrain.people.days import is_worked, working_days_after
from terrain.people.models import Person
from terrain.people.power import powers
from terrain.people.steward import appoint
from terrain.reports.deciding import confirm, set_aside
from terrain.reports.figures import figures
from terrain.reports.models import Report
from terrain.reports.reasons import Reason
from terrain.reports.report import MOST, OwnWords, TooMany, answer, report
from terrain.reports.waiting import matters
from tests.cast import Cast, let_settle, person
from tests.house.addresses import said_by

WORDS = "Le message reste : il parle du travail, sans nommer personne."


@pytest.fixture
def said(cast: Cast) -> Message:
    """What Loïc says in a space that Inès looks after."""
    let_settle(cast.in_open)
    volunteer(cast.open, cast.ines)
    return reply(cast.in_open, cast.loic, "<p>Encore la faute de la paie.</p>")


def page(cast: Cast, reader: Person, address: str) -> str:
    return said_by(cast.client(reader).get(address, follow=True))


def test_six_reasons_one_press_each_and_an_answer(cast: Cast, said: Message) -> None:
    menu = page(cast, cast.samira, f"/messages/{said.pk}/acts")
    assert all(f'value="{reason}"' in menu for reason in Reason.values)
    sent = cast.client(cast.samira).post(
        f"/messages/{said.pk}/reports", {"reason": "harassment"}, follow=True
    )
    assert "Thank you: it is reported" in sent.content.decode()
    made = Report.objects.get()
    cast.client(cast.samira).post(f"/reports/{made.pk}", {"sentence": "Il vise quelqu’un."})
    desk = page(cast, cast.ines, "/desk")
    assert "Reported by 1 person" in desk
    handling = page(cast, cast.ines, f"/messages/{said.pk}/handling")
    assert "Il vise quelqu’un." in handling
    assert "Harassment or insult" in handling
    answered = cast.client(cast.ines).post(f"/messages/{said.pk}/answer", {"words": WORDS})
    assert answered.status_code == 302
    assert WORDS in page(cast, cast.samira, f"/reports/{made.pk}")
    assert matters(cast.ines) == []


def test_nobody_learns_who_reported(cast: Cast, said: Message) -> None:
    reporter = person("Zoé Quentin")
    report(said, reporter, Reason.OTHER)
    appoint(cast.claire)
    for reader in (cast.loic, cast.ines, cast.claire, cast.samira):
        for address in (
            f"/messages/{said.pk}/handling",
            "/desk",
            "/reports",
            "/log",
            f"/messages/{said.pk}/acts",
        ):
            assert "Quentin" not in page(cast, reader, address), (reader, address)
    made = Report.objects.get()
    for other in (cast.ines, cast.claire, cast.loic):
        assert cast.client(other).get(f"/reports/{made.pk}").status_code == 404
        assert cast.client(other).post(f"/reports/{made.pk}", {"sentence": "x"}).status_code == 404
        assert cast.client(other).delete(f"/reports/{made.pk}").status_code == 404


def test_first_a_word_to_the_author_between_the_two(cast: Cast, said: Message) -> None:
    report(said, cast.samira, Reason.HARASSMENT)
    handling = page(cast, cast.ines, f"/messages/{said.pk}/handling")
    assert "Hello Loïc" in handling
    words = "Bonjour Loïc, relis-toi : c’est dur pour la paie. À toi de voir."
    assert cast.client(cast.ines).post(f"/messages/{said.pk}/word", {"words": words}).status_code == 302
    (told,) = Message.visible_to(cast.loic).filter(conversation__space=None)
    assert told.author == cast.ines
    assert words in told.body
    assert not Message.visible_to(cast.samira).filter(pk=told.pk).exists()
    assert "Inès Duarte spoke to the author" in page(cast, cast.ines, f"/messages/{said.pk}/handling")
    assert matters(cast.ines), "the report still waits for its answer"


def test_an_author_who_takes_it_back_has_settled_it(cast: Cast, said: Message) -> None:
    made = report(said, cast.samira, Reason.HARASSMENT)
    withdraw(said, cast.loic)
    assert matters(cast.ines) == []
    assert "Its author took the message back." in page(cast, cast.samira, f"/reports/{made.pk}")


def test_a_conversation_that_is_gone_leaves_its_reports_to_be_read(cast: Cast) -> None:
    made = report(cast.answer(cast.in_open), cast.ines, Reason.OTHER)
    withdraw(cast.answer(cast.in_open), cast.loic)
    withdraw(cast.first(cast.in_open), cast.samira)
    assert "took the message back" in page(cast, cast.ines, f"/reports/{made.pk}")


def test_confirming_that_it_is_set_aside_answers_every_report(cast: Cast, said: Message) -> None:
    volunteer(cast.open, cast.claire)
    made = [report(said, each, Reason.HARASSMENT) for each in (cast.samira, cast.marek)]
    decision = set_aside(said, cast.ines, Reason.HARASSMENT, WORDS)
    assert "a second person has to confirm it" in page(cast, cast.samira, f"/reports/{made[0].pk}")
    confirm(decision, cast.claire, "À deux, nous pensons que cela blesse.")
    for each, reader in zip(made, (cast.samira, cast.marek), strict=True):
        assert "nous pensons que cela blesse" in page(cast, reader, f"/reports/{each.pk}")


def test_once_a_message_and_the_reason_may_change(cast: Cast, said: Message) -> None:
    first = report(said, cast.samira, Reason.OTHER)
    assert report(said, cast.samira, Reason.SAFETY).pk == first.pk
    first.refresh_from_db()
    assert first.reason == Reason.SAFETY
    answer(said, cast.ines, WORDS)
    report(said, cast.samira, Reason.OTHER)
    first.refresh_from_db()
    assert (first.reason, first.answer) == (Reason.SAFETY, WORDS)


def test_one_reports_neither_oneself_nor_without_end(cast: Cast, said: Message) -> None:
    with pytest.raises(OwnWords):
        report(said, cast.loic, Reason.OTHER)
    many = [
        Message.unscoped.create(conversation=cast.in_open, number=n, body="x") for n in range(10, 11 + MOST)
    ]
    for each in many[:MOST]:
        report(each, cast.samira, Reason.OTHER)
    with pytest.raises(TooMany):
        report(many[MOST], cast.samira, Reason.OTHER)


def test_what_one_does_not_read_and_what_is_direct_is_not_reported(cast: Cast) -> None:
    hidden = cast.answer(cast.in_secret)
    assert (
        cast.client(cast.marek).post(f"/messages/{hidden.pk}/reports", {"reason": "other"}).status_code == 404
    )
    seen = cast.answer(cast.in_open)
    assert cast.client(cast.marek).post(f"/messages/{seen.pk}/reports", {"reason": "ugly"}).status_code == 404


def test_two_working_days_leave_out_week_ends_and_holidays() -> None:
    thursday = datetime(2026, 12, 24, 15, 0, tzinfo=UTC)
    assert working_days_after(thursday, 2) == datetime(2026, 12, 29, 15, 0, tzinfo=UTC), (
        "Christmas, a week-end"
    )
    saturday = datetime(2026, 7, 11, 15, 0, tzinfo=UTC)
    assert working_days_after(saturday, 2) == datetime(2026, 7, 15, 22, 0, tzinfo=UTC), "the 14th of July"
    assert not is_worked(datetime(2026, 5, 14, tzinfo=UTC).date())


def test_alsace_has_two_holidays_more(settings: object) -> None:
    second_day = datetime(2025, 12, 26, tzinfo=UTC).date()
    assert is_worked(second_day)
    settings.HOLIDAYS = "FR-57"  # type: ignore[attr-defined]
    assert not is_worked(second_day)
    settings.HOLIDAYS = ""  # type: ignore[attr-defined]
    assert is_worked(datetime(2026, 5, 14, tzinfo=UTC).date())


def test_figures_say_nothing_of_fewer_than_five_reports(cast: Cast, said: Message) -> None:
    people = [person(f"Personne {n}") for n in "abcde"]
    now = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
    for each in people[:4]:
        report(said, each, Reason.OTHER, now)
    answer(said, cast.ines, WORDS, now + timedelta(days=1))
    assert (figures(now).reports, figures(now).answered) == (None, 0)
    report(said, people[4], Reason.OTHER, now)
    answer(said, cast.ines, WORDS, now + timedelta(days=5))
    counted = figures(now + timedelta(days=6))
    assert (counted.reports, counted.answered, counted.in_time) == (5, 5, 4)
    shown = page(cast, cast.marek, "/reports")
    assert "Reports" in shown


def test_stewards_have_twelve_powers_at_most_and_everybody_reads_which(cast: Cast) -> None:
    assert 0 < len(powers()) <= 12
    appoint(cast.claire)
    appoint(cast.claire)
    shown = page(cast, cast.marek, "/stewards")
    assert "Claire Fontaine" in shown
    for power in powers():
        query = "&amp;".join(f"act={act.key.replace(' ', '%20')}" for act in power.acts)
        assert f"/log?{query}" in shown
        assert cast.client(cast.marek).get(f"/log?{query.replace('&amp;', '&')}").status_code == 200
    log = page(cast, cast.marek, "/log?act=steward&act=steward%20no%20more")
    assert log.count('<li class="card" id="e') == 1
