"""What the worker does for mail that comes in: look into the mailbox, send answers, forget what is over."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from terrain.mail import answers, mailbox, taken


@app.periodic(cron="* * * * *")
@app.task(name="mail.look", lock="mail.look", queueing_lock="mail.look")
def look(timestamp: int) -> None:
    """Every minute, one at a time."""
    if settings.MAIL_IN:
        mailbox.look(settings.MAIL_IN)
    answers.post_due()


@app.periodic(cron="37 3 * * *")
@app.task(name="mail.sweep")
def sweep(timestamp: int) -> None:
    """Once a night."""
    now = timezone.now()
    taken.forget(now)
    answers.forget(now)
    if settings.MAIL_IN:
        mailbox.clear(settings.MAIL_IN, now)
