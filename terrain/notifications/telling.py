"""Telling of a message, in the page at once and by mail later."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from terrain.notifications.bundling import begin
from terrain.notifications.notification import tell_of


@transaction.atomic
def tell(message_id: int, at: datetime | None = None) -> int:
    """Tell of a message everybody whom it concerns; how many they are."""
    at = at or timezone.now()
    people = tell_of(message_id, at)
    if people:
        begin(people, at)
    return len(people)
