"""What the worker does for spaces: closing those whose notice is over, bringing in who has come to a unit."""

from procrastinate.contrib.django import app

from terrain.spaces.by_chart import follow_the_chart
from terrain.spaces.closing import close_what_is_due


@app.periodic(cron="*/10 * * * *")
@app.task(name="spaces.close")
def close(timestamp: int) -> None:
    """Every ten minutes."""
    close_what_is_due()


@app.periodic(cron="40 * * * *")
@app.task(name="spaces.follow_the_chart")
def chart(timestamp: int) -> None:
    """Every hour."""
    follow_the_chart()
