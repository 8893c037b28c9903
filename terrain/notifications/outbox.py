"""Mails that wait to be sent: tried again where the server does not take them, out of quiet hours, and never lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any, ClassVar

from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from terrain.notifications.hours import attention_of
from terrain.people.models import Person

KEPT = timedelta(days=2)
"""How long it is known that a mail was sent: so as to send no more than six in a day."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=6)
TROUBLED = 5
"""Attempts after which whoever keeps Terrain running is told."""


class Mail(models.Model):
    """A mail to somebody, to be sent at `due_at`; its words are forgotten once it is sent."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    subject = models.TextField()
    text = models.TextField()
    html = models.TextField()
    headers: "models.JSONField[dict[str, str], dict[str, str]]" = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    """None once it was sent."""
    sent_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    trouble = models.TextField(blank=True)
    """What the server said the last time."""

    class Meta:
        db_table = "notifications_mail"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(due_at=None, sent_at__isnull=False)
                | models.Q(due_at__isnull=False, sent_at=None),
                name="notifications_mail_is_sent_or_due",
            )
        ]
        indexes: ClassVar = [
            models.Index("due_at", name="notifications_mail_due", condition=models.Q(sent_at=None)),
            models.Index("person", "sent_at", name="notifications_mail_sent"),
        ]


def sent_since(person: Person, since: datetime) -> list[datetime]:
    """When this person was sent mails after then, the earliest first; those on their way are counted as made."""
    when = Coalesce("sent_at", "made_at")
    of_theirs = Mail.objects.filter(person=person).annotate(when=when).filter(when__gt=since)
    return list(of_theirs.order_by("when").values_list("when", flat=True))


def post_due(at: datetime | None = None) -> int:
    """Send what is due; how many were taken by the server."""
    at = at or timezone.now()
    due = Mail.objects.filter(sent_at=None, due_at__lte=at).order_by("due_at", "pk")
    return sum(_post(pk, at) for pk in list(due.values_list("pk", flat=True)[:500]))


@transaction.atomic
def _post(pk: int, at: datetime) -> bool:
    waiting = Mail.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    mail = waiting.filter(pk=pk, sent_at=None, due_at__lte=at).first()
    if mail is None:
        return False
    person = mail.person
    if not person.email or not person.is_active:
        mail.delete()
        return False
    hours = attention_of(person).hours
    if hours.is_quiet(at):
        Mail.objects.filter(pk=pk).update(due_at=hours.rings_at(at))
        return False
    try:
        _send(mail, person.email)
    except (SMTPException, OSError) as fault:
        wait = min(FIRST_WAIT * 2**mail.attempts, LONGEST_WAIT)
        again = hours.rings_at(at + wait)
        trouble = f"{type(fault).__name__}: {fault}"[:500]
        Mail.objects.filter(pk=pk).update(due_at=again, attempts=mail.attempts + 1, trouble=trouble)
        return False
    gone: dict[str, Any] = {"subject": "", "text": "", "html": "", "headers": {}, "trouble": ""}
    Mail.objects.filter(pk=pk).update(due_at=None, sent_at=at, **gone)
    return True


def _send(mail: Mail, address: str) -> None:
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[address], headers=mail.headers)
    message.attach_alternative(mail.html, "text/html")
    message.send()


@dataclass(frozen=True)
class Trouble:
    """How many mails the server has refused five times or more, and what it said last; they are tried again."""

    count: int
    said: str


def in_trouble() -> Trouble | None:
    """The mails that do not leave; None where all do."""
    refused = Mail.objects.filter(sent_at=None, attempts__gte=TROUBLED).order_by("-attempts", "pk")
    first = refused.first()
    return Trouble(refused.count(), first.trouble) if first else None


def sweep(at: datetime | None = None) -> None:
    """Forget that mails were sent, two days after."""
    Mail.objects.filter(sent_at__lt=(at or timezone.now()) - KEPT).delete()
