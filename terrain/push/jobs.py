"""What the worker does: push what is due, seconds after it was told and every minute; try a device; forget at night."""

from procrastinate.contrib.django import app

from terrain.push import device, pushing
from terrain.push.models import Device


@app.task(name="push.push")
def push() -> None:
    """Push what is due by now."""
    pushing.push_due()


@app.periodic(cron="* * * * *")
@app.task(name="push.every_minute")
def every_minute(timestamp: int) -> None:
    """What was due in quiet hours, and what was not taken."""
    pushing.push_due()


@app.task(name="push.try_out")
def try_out(device_id: int) -> None:
    """Push to this device because its person asked for it."""
    if found := Device.objects.select_related("person").filter(pk=device_id).first():
        pushing.try_out(found)


@app.periodic(cron="37 3 * * *")
@app.task(name="push.sweep")
def sweep(timestamp: int) -> None:
    """Once a night."""
    device.sweep()
