"""What a mail says: in the language of who gets it, as text and as HTML, in the thread of its conversation."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext

from terrain.notifications.listing import Waiting, by_conversation
from terrain.notifications.notification import Notification
from terrain.notifications.outbox import Mail
from terrain.people.models import Person
from terrain.people.organisation import organisation
from terrain.web.rendering import fragment, url
from terrain.web.secret_addresses import key_of, read

SALT = "notifications.stop"


def site() -> str:
    """The address of this Terrain, as links in mails begin with it."""
    return settings.SITE_URL or f"http://127.0.0.1:{settings.PORT}"


def stop_key(person: Person) -> str:
    """The secret part of the address by which this person stops the mails, without signing in."""
    return key_of(person.pk, SALT)


def person_of(key: str) -> Person | None:
    """Whose address this is; nobody's where it was made up."""
    pk = read(key, SALT)
    person: Person | None = Person.objects.present().filter(pk=pk).first() if pk else None
    return person


def bundle_mail(person: Person, told: Sequence[Notification], count: int, at: datetime) -> Mail:
    """One mail of all this, not saved; `count` is how much waits, some of which may not be in it."""
    here = organisation().name
    with translation.override(person.language or settings.LANGUAGE_CODE):
        waiting = by_conversation(told)
        stop = site() + url("stop_mails", stop_key(person))
        said = {
            "person": person,
            "organisation": here,
            "waiting": waiting,
            "more": count - len(told),
            "site": site(),
            "stop": stop,
        }
        return Mail(
            person=person,
            subject=_subject(waiting, count, here),
            text=str(fragment("notifications/bundle_mail.txt", **said)),
            html=str(fragment("notifications/bundle_mail.html", **said)),
            headers=_headers(waiting, told, stop),
            made_at=at,
            due_at=at,
        )


def _subject(waiting: Sequence[Waiting], count: int, here: str) -> str:
    """Of one conversation its title, so that its mails stand together; of several, how much there is."""
    if len(waiting) == 1:
        return f"{waiting[0].title} · {here}"
    return ngettext("%(n)s message for you · %(here)s", "%(n)s messages for you · %(here)s", count) % {
        "n": count,
        "here": here,
    }


def _headers(waiting: Sequence[Waiting], told: Sequence[Notification], stop: str) -> dict[str, str]:
    host = _host()
    headers = {
        # RFC 8058: the mail program stops them by one press, without opening a page.
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # RFC 3834: no answering machine answers it.
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<told-{told[-1].pk}@{host}>",
    }
    if len(waiting) == 1:
        thread = f"<conversation-{waiting[0].conversation_id}@{host}>"
        headers |= {"In-Reply-To": thread, "References": thread}
    return headers


def _host() -> str:
    """The host that messages are named by: this Terrain's, else that of its sender."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return urlsplit(settings.SITE_URL).hostname or sender.partition("@")[2] or "localhost"
