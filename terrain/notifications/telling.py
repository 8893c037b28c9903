"""Telling of a message or of another thing: in the page at once, by mail later, and to whoever above hears of it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from terrain.notifications.bundling import begin
from terrain.notifications.events import Told
from terrain.notifications.notification import tell_of, tell_of_thing
from terrain.web.events import tell as tell_event


@transaction.atomic
def tell(message_id: int, at: datetime | None = None, only: Collection[int] | None = None) -> int:
    """Tell of a message everybody whom it concerns, or `only` these of them; how many they are."""
    at = at or timezone.now()
    people = tell_of(message_id, at, only)
    if people:
        begin(people, at)
        tell_event(Told(tuple(people), at, message_id))
    return len(people)


@transaction.atomic
def tell_thing(person_id: int, about: str, thing: int, at: datetime | None = None) -> None:
    """Tell somebody of a thing that is no message, in the page at once and by mail later; twice is once."""
    at = at or timezone.now()
    if tell_of_thing(person_id, about, thing, at):
        begin([person_id], at)
        tell_event(Told((person_id,), at, about=about, thing=thing))
