"""Telling of a message, in the page at once and by mail later."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from terrain.notifications.bundling import begin
from terrain.notifications.notification import tell_of


@transaction.atomic
def tell(message_id: int, at: datetime | None = None, only: Collection[int] | None = None) -> int:
    """Tell of a message everybody whom it concerns, or `only` these of them; how many they are."""
    at = at or timezone.now()
    people = tell_of(message_id, at, only)
    if people:
        begin(people, at)
    return len(people)
