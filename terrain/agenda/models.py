"""The records of events."""

from terrain.agenda.event import Attendance, CalendarKey, Event

__all__ = ["Attendance", "CalendarKey", "Event"]
