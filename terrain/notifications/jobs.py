"""What the worker does: tell of what was written, make the mails whose time has come, and send them."""

from contextlib import suppress

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from terrain.notifications import bundling, digest, outbox, telling

MAIL = "notifications.mail"


@app.task(name="notifications.tell", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def tell(message_id: int, only: list[int] | None = None) -> None:
    """Tell of a message, all whom it concerns or `only` these people."""
    telling.tell(message_id, only=only)


@app.periodic(cron="* * * * *")
@app.task(name=MAIL, queueing_lock=MAIL)
def mail(timestamp: int) -> None:
    """Every minute, a part of the mails; what else the worker has to do comes before the next part."""
    if bundling.send_some() + digest.send_some() + outbox.post_due():
        with suppress(AlreadyEnqueued), transaction.atomic():
            mail.configure(queueing_lock=MAIL).defer(timestamp=timestamp)


@app.periodic(cron="27 3 * * *")
@app.task(name="notifications.sweep")
def sweep(timestamp: int) -> None:
    """Once a night; whoever came since the night before gets a day for their digest."""
    outbox.sweep()
    digest.plan()
