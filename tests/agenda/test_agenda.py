"""Events: told with a post, answered by a press, found in one's agenda, and right in any calendar program."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from terrain.agenda.event import Answer, agenda_of, answer, invite
from terrain.agenda.models import Attendance, CalendarKey, Event
from terrain.conversations.models import Conversation, Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.withdrawing import withdraw
from terrain.people.models import Person
from terrain.spaces.joining import leave
from terrain.spaces.models import Space
from tests.cast import Cast

PARIS = ZoneInfo("Europe/Paris")


def told(space: Space, author: Person, begins_at: datetime | None = None, **options: Any) -> Event:
    """An event of this space, in a week where it is not said when."""
    made: list[Event] = []
    open_conversation(
        space,
        author,
        "<p>On se retrouve devant la grille.</p>",
        title="Visite de la ligne 6",
        then=lambda message: made.append(
            invite(message, begins_at or timezone.now() + timedelta(days=7), "Europe/Paris", **options)
        ),
    )
    return made[0]


def entries(file: bytes) -> list[Any]:
    return list(Calendar.from_ical(file).walk("VEVENT"))


def send(cast: Cast, **fields: str) -> Any:
    sent = {"space": cast.open.pk, "title": "Visite", "body": "Devant la grille.", **fields}
    return cast.client(cast.samira).post("/posts/new", sent)


def test_it_is_told_with_a_post_and_answered_by_a_press(cast: Cast) -> None:
    day = (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%d")
    sent = {"event_begins": f"{day}T14:30", "event_ends": f"{day}T16:00", "event_place": "Salle Jura"}
    assert send(cast, **sent).status_code == 302
    event = Event.unscoped.get()
    assert event.begins_at.astimezone(PARIS).strftime("%H:%M") == "14:30"
    client = cast.client(cast.ines)
    here = f"/conversations/{event.conversation_id}"
    assert "Salle Jura" in client.get(here).content.decode()
    client.post(f"/events/{event.pk}/attendance", {"answer": "comes"})
    assert 'aria-pressed="true"' in client.get(here).content.decode()
    client.post(f"/events/{event.pk}/attendance", {"answer": "maybe"})
    assert [each.answer for each in Attendance.objects.all()] == ["maybe"]
    assert cast.ines.name in cast.client(cast.loic).get(f"/events/{event.pk}").content.decode()
    client.delete(f"/events/{event.pk}/attendance")
    assert not Attendance.objects.exists()
    assert client.post(f"/events/{event.pk}/attendance", {"answer": "never"}).status_code == 422


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"event_place": "Salle Jura"}, "When does it begin?"),
        ({"event_begins": "2020-01-01T10:00"}, "over already"),
        ({"event_begins": "next week"}, "a day and an hour, such as"),
        ({"event_begins": "2099-06-01T10:00", "event_ends": "2099-06-01T09:00"}, "end before it begins"),
        ({"event_begins": "2099-06-01T10:00", "event_place": "x" * 161}, "160 characters"),
        # The last Sunday of March 2099, when 02:30 is skipped in Paris.
        ({"event_begins": "2099-03-29T02:30"}, "the clocks go forward"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(cast: Cast, fields: dict[str, str], sentence: str) -> None:
    before = Conversation.unscoped.count()
    answered = send(cast, **fields)
    page = answered.content.decode()
    assert answered.status_code == 422
    assert sentence in page
    assert all(f'value="{each}"' in page for each in fields.values())
    assert "Devant la grille." in page
    assert Conversation.unscoped.count() == before


def test_an_event_across_a_change_of_clock_keeps_the_hours_that_were_said(cast: Cast) -> None:
    """In Paris, the night to 31 October 2027 has a 2 o'clock twice: from midnight to six are seven hours."""
    begins, ends = datetime(2027, 10, 31, 0, 0, tzinfo=PARIS), datetime(2027, 10, 31, 6, 0, tzinfo=PARIS)
    event = told(cast.open, cast.samira, begins, ends_at=ends)
    event.refresh_from_db()
    assert event.ends_at
    assert event.ends_at - event.begins_at == timedelta(hours=7)
    cast.ines.zone = "Europe/London"
    cast.ines.save()
    page = cast.client(cast.ines).get(f"/conversations/{event.conversation_id}").content.decode()
    assert "30 October 2027 at 23:00" in page
    assert "31 October 2027 at 05:00" in page
    (entry,) = entries(cast.client(cast.ines).get(f"/events/{event.pk}/event.ics").content)
    assert (entry.start, entry.end) == (begins, ends)
    assert (entry.start.tzinfo.key, entry.start.hour, entry.end.hour) == ("Europe/Paris", 0, 6)
    assert entry.end.astimezone(UTC) - entry.start.astimezone(UTC) == timedelta(hours=7)


def test_the_calendar_file_says_what_it_is_about_and_the_way_back(cast: Cast) -> None:
    event = told(cast.open, cast.samira, place="Salle Jura; au fond, à gauche")
    response = cast.client(cast.loic).get(f"/events/{event.pk}/event.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (entry,) = entries(response.content)
    assert str(entry["summary"]) == "Visite de la ligne 6"
    assert str(entry["location"]) == "Salle Jura; au fond, à gauche"
    assert str(entry["url"]).endswith(f"/messages/{event.message_id}")
    assert str(entry["uid"]) == f"event-{event.message.uid}@terrain"


def test_ones_agenda_holds_what_is_to_come_in_ones_spaces(cast: Cast) -> None:
    later = told(cast.open, cast.samira, timezone.now() + timedelta(days=9))
    sooner = told(cast.open, cast.samira, timezone.now() + timedelta(days=2))
    Event.unscoped.filter(pk=told(cast.open, cast.samira).pk).update(
        begins_at=timezone.now() - timedelta(days=2)
    )
    assert agenda_of(cast.loic) == [sooner, later]
    assert agenda_of(cast.marek) == []
    answer(later, cast.marek, Answer.COMES)
    assert agenda_of(cast.marek) == [later]
    assert "Visite de la ligne 6" in cast.client(cast.loic).get("/agenda").content.decode()


def test_a_calendar_program_reads_ones_agenda_at_a_secret_address(cast: Cast) -> None:
    open_one, closed = told(cast.open, cast.samira), told(cast.closed, cast.samira)
    client = cast.client(cast.loic)
    client.post("/agenda")
    key = CalendarKey.objects.get(person=cast.loic).key
    nobody = cast.client(None)

    def asked() -> set[str]:
        return {str(each["uid"]) for each in entries(nobody.get(f"/agenda/{key}.ics").content)}

    assert asked() == {f"event-{each.message.uid}@terrain" for each in (open_one, closed)}
    leave(cast.closed, cast.loic)
    assert asked() == {f"event-{open_one.message.uid}@terrain"}
    client.post("/agenda")
    assert nobody.get(f"/agenda/{key}.ics").status_code == 404
    key = CalendarKey.objects.get(person=cast.loic).key
    Person.objects.filter(pk=cast.loic.pk).update(left_on="2026-01-31")
    assert nobody.get(f"/agenda/{key}.ics").status_code == 404


def test_nobody_outside_reads_or_answers_it(cast: Cast) -> None:
    event = told(cast.secret, cast.samira)
    for who in (cast.ines, cast.claire, cast.marek):
        client = cast.client(who)
        for path in (f"/events/{event.pk}", f"/events/{event.pk}/event.ics"):
            assert client.get(path).status_code == 404
        assert client.post(f"/events/{event.pk}/attendance", {"answer": "comes"}).status_code == 404
    assert not Attendance.objects.exists()


def test_a_message_that_is_withdrawn_takes_its_event_along(cast: Cast) -> None:
    event = told(cast.open, cast.samira)
    withdraw(Message.unscoped.get(event=event), cast.samira)
    assert not Event.unscoped.exists()
