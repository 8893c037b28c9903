"""Events as calendar files, after RFC 5545: one, or all that somebody may read in their own calendar program."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from terrain.agenda.event import Event
from terrain.conversations.excerpts import excerpt

LASTING = "text/calendar; charset=utf-8"


def calendar(events: Iterable[Event], name: str, site: str) -> bytes:
    """A calendar file; `site` is where Terrain is, such as `https://terrain.example`, for the way back to each."""
    # The same calendar has the same name of its own, whenever it is asked for (RFC 7986, section 5.3).
    uid = uuid5(NAMESPACE_URL, f"{site}/agenda#{name}")
    made = Calendar.new(prodid="-//Terrain//Agenda//EN", name=name, uid=str(uid))
    for each in events:
        made.add_component(_entry(each, site))
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _entry(event: Event, site: str) -> Entry:
    zone = ZoneInfo(event.zone)

    def here(moment: datetime | None) -> datetime | None:
        return moment.astimezone(zone) if moment else None

    return Entry.new(
        uid=f"event-{event.message.uid}@terrain",
        stamp=(event.message.edited_at or event.message.written_at).astimezone(UTC),
        summary=event.conversation.title,
        description=excerpt(event.message.body),
        start=here(event.begins_at),
        end=here(event.ends_at),
        location=event.place or None,
        url=f"{site}/messages/{event.message_id}",
    )
