"""When quiet begins next: what a push service delivers late, to a phone that was off, does not ring in it either."""

from datetime import datetime, time, timedelta

from terrain.notifications.hours import Hours


def next_quiet(hours: Hours, at: datetime) -> tuple[datetime, datetime] | None:
    """The first quiet time that begins within two days after this moment, and its end; None where there is none."""
    today = at.astimezone(hours.zone).date()
    days = [today + timedelta(days=n) for n in range(3)]
    edges = sorted(datetime.combine(day, hour, hours.zone) for day in days for hour in (time(0), hours.begin))
    begins = next((each for each in edges if each > at and hours.is_quiet(each)), None)
    return (begins, hours.rings_at(begins)) if begins else None
