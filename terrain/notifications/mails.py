"""What a mail says: in the language of who gets it, as text and as HTML, in the thread of its conversation."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext

from terrain.notifications.addresses import to_conversation
from terrain.notifications.listing import Waiting, by_conversation
from terrain.notifications.notification import Notification
from terrain.notifications.outbox import Mail
from terrain.people.models import Person
from terrain.people.organisation import organisation
from terrain.web.rendering import fragment, url
from terrain.web.secret_addresses import key_of, read

STOP_BUNDLES, STOP_DIGESTS = "notifications.stop", "notifications.stop_digests"


def site() -> str:
    """The address of this Terrain, as links in mails begin with it."""
    return settings.SITE_URL or f"http://127.0.0.1:{settings.PORT}"


def stop_key(person: Person, which: str = STOP_BUNDLES) -> str:
    """The secret part of the address at which this person stops these mails, without signing in."""
    return key_of(person.pk, which)


def stop_address(person: Person, which: str = STOP_BUNDLES) -> str:
    """The whole of it."""
    return site() + url("stop_mails", stop_key(person, which))


def stopped_by(key: str) -> tuple[Person, str] | None:
    """Whose mails are stopped by this key, and which; None where it was made up."""
    for which in (STOP_BUNDLES, STOP_DIGESTS):
        if pk := read(key, which):
            person = Person.objects.present().filter(pk=pk).first()
            return (person, which) if person else None
    return None


def bundle_mail(person: Person, told: Sequence[Notification], count: int, at: datetime) -> Mail:
    """One mail of all this, not saved; `count` is how much waits, some of which may not be in it."""
    here = organisation().name
    with translation.override(person.language or settings.LANGUAGE_CODE):
        waiting = by_conversation(person, told)
        only = waiting[0].conversation_id if len(waiting) == 1 else None
        answered_at = to_conversation(person, only) if only else ""
        stop = stop_address(person)
        said = {
            "person": person,
            "organisation": here,
            "waiting": waiting,
            "more": count - len(told),
            "site": site(),
            "stop": stop,
            "answers": bool(answered_at),
        }
        return Mail(
            person=person,
            subject=_subject(waiting, count, here),
            text=str(fragment("notifications/bundle_mail.txt", **said)),
            html=str(fragment("notifications/bundle_mail.html", **said)),
            headers=_headers(waiting, told, stop) | ({"Reply-To": answered_at} if answered_at else {}),
            made_at=at,
            due_at=at,
        )


def _subject(waiting: Sequence[Waiting], count: int, here: str) -> str:
    """Of one conversation its title, so that its mails stand together; of several, how much there is."""
    if len(waiting) == 1 and waiting[0].conversation_id:
        return f"{waiting[0].title} · {here}"
    return ngettext("%(n)s thing for you · %(here)s", "%(n)s things for you · %(here)s", count) % {
        "n": count,
        "here": here,
    }


def _headers(waiting: Sequence[Waiting], told: Sequence[Notification], stop: str) -> dict[str, str]:
    headers = envelope(stop, f"told-{told[-1].pk}")
    if len(waiting) == 1 and waiting[0].conversation_id:
        thread = f"<conversation-{waiting[0].conversation_id}@{host()}>"
        headers |= {"In-Reply-To": thread, "References": thread}
    return headers


def envelope(stop: str, name: str) -> dict[str, str]:
    """The headers of every mail that people can stop, at the address `stop`; `name` is one that no other mail has."""
    return {
        # RFC 8058: the mail program stops them by one press, without opening a page.
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        # RFC 3834: no answering machine answers it.
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{name}@{host()}>",
    }


def host() -> str:
    """The host that messages are named by: this Terrain's, else that of its sender."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return urlsplit(settings.SITE_URL).hostname or sender.partition("@")[2] or "localhost"
