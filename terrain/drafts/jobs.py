"""What the worker does for drafts: publishing those whose moment has come."""

from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from terrain.drafts import later


@app.periodic(cron="* * * * *")
@app.task(name="drafts.due")
def due(timestamp: int) -> None:
    """Every minute; each draft is a job of its own, so that none waits for another."""
    for pk in later.due():
        with suppress(AlreadyEnqueued):
            publish.configure(queueing_lock=f"drafts.publish {pk}").defer(draft_id=pk)


@app.task(name="drafts.publish")
def publish(draft_id: int) -> None:
    """Publish one."""
    later.publish(draft_id)
