"""What waits for the people of the demo company: as if the worker had told of each message of the last days."""

from datetime import datetime, timedelta

from terrain.conversations.models import Message, Reading
from terrain.notifications.models import Notification
from terrain.notifications.notification import forget, tell_of
from terrain.people.models import Person

LATELY = timedelta(days=7)


def tell(now: datetime) -> None:
    """Tell of what was written in the last week, and forget what its reader has read since."""
    lately = Message.unscoped.filter(written_at__gt=now - LATELY).order_by("written_at", "pk")
    for pk, written_at in lately.values_list("pk", "written_at"):
        tell_of(pk, written_at)
    for person in Person.objects.filter(news__gt=0).order_by("pk"):
        waits = Notification.objects.filter(person=person).values("conversation")
        for here, number in (
            Reading.of(person).filter(conversation__in=waits).values_list("conversation", "number")
        ):
            forget(here, person=person, message__number__lte=number)
