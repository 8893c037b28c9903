"""What the worker does for ideas: the clocks, each night."""

from procrastinate.contrib.django import app

from terrain.ideas import debt


@app.periodic(cron="40 2 * * *")
@app.task(name="ideas.clocks")
def clocks(timestamp: int) -> None:
    """Let answers be owed where it is time, and what somebody owed who has left fall to their manager."""
    debt.settle_all()
