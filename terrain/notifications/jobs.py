"""What the worker does: tell of what was written, make the mails whose time has come, and send them."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from terrain.notifications import bundling, digest, outbox, telling


@app.task(name="notifications.tell", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def tell(message_id: int, only: list[int] | None = None) -> None:
    """Tell of a message, all whom it concerns or `only` these people."""
    telling.tell(message_id, only=only)


@app.periodic(cron="* * * * *")
@app.task(name="notifications.mail")
def mail(timestamp: int) -> None:
    """Every minute."""
    bundling.send_due()
    digest.send_due()
    outbox.post_due()


@app.periodic(cron="27 3 * * *")
@app.task(name="notifications.sweep")
def sweep(timestamp: int) -> None:
    """Once a night; whoever came since the night before gets a day for their digest."""
    outbox.sweep()
    digest.plan()
