"""What the worker does for reports: what nobody confirmed, and what nobody looked at again, comes back."""

from procrastinate.contrib.django import app

from terrain.reports.appealing import let_unheard_back
from terrain.reports.deciding import let_lapse


@app.periodic(cron="*/5 * * * *")
@app.task(name="reports.come_back")
def come_back(timestamp: int) -> None:
    """Every five minutes."""
    let_lapse()
    let_unheard_back()
