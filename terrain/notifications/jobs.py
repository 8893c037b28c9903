"""What the worker does when somebody has written: whoever is concerned is told."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from terrain.notifications.notification import tell_of


@app.task(name="notifications.tell", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def tell(message_id: int) -> None:
    """Tell of a message."""
    tell_of(message_id)
