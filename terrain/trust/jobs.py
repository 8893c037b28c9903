"""What trust leaves to the worker: looking at the guarantees once a night."""

from procrastinate.contrib.django import app

from terrain.trust import guarantees


@app.periodic(cron="17 4 * * *")
@app.task(name="trust.look")
def look(timestamp: int) -> None:
    """Look at all of them, and remember what was found."""
    guarantees.look()
