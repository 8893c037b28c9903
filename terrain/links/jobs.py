"""What links leave to the worker: asking the outside world."""

from procrastinate.contrib.django import app

from terrain.conversations.models import Message
from terrain.links.fetching import Fetcher
from terrain.links.previewing import preview


@app.task(name="links.preview")
def preview_links(message_id: int) -> None:
    """Preview the links of a message that still says something."""
    message = (
        Message.unscoped.standing()
        .filter(pk=message_id)
        .select_related("conversation")
        .order_by("pk")
        .first()
    )
    if message:
        preview(message, Fetcher())
