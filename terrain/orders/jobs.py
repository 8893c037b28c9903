"""What the worker does for legal orders: whoever is told with a delay is told on its day."""

from procrastinate.contrib.django import app

from terrain.orders.order import tell_what_is_due


@app.periodic(cron="7 * * * *")
@app.task(name="orders.tell")
def tell(timestamp: int) -> None:
    """Every hour."""
    tell_what_is_due()
