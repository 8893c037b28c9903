"""What somebody is told of the mail that they sent: why it is not published, with their words, that nothing be lost."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from terrain.mail.answers import answer, may_answer
from terrain.mail.incoming import Incoming
from terrain.mail.taken import Outcome
from terrain.notifications.mails import host, site
from terrain.people.models import Person
from terrain.people.organisation import organisation
from terrain.web import markup
from terrain.web.rendering import fragment, url


def not_published(
    person: Person, found: Incoming, why: Sequence[str], at: datetime, words: bool = True
) -> Outcome:
    """Tell somebody in a few sentences why their mail is not published; ANSWERED, or LEFT where they were told enough.

    Their `words` come back to them, unless somebody else wrote them.
    """
    if not may_answer(person, at):
        return Outcome.LEFT
    subject = _("Not published: %(subject)s") % {"subject": _subject(found)}
    _answer(
        person, found, subject, why, at, text=found.text if words else "", html=found.html if words else ""
    )
    return Outcome.ANSWERED


def without_files(
    person: Person, found: Incoming, why: Sequence[str], conversation_id: int, at: datetime
) -> None:
    """Tell somebody that their mail is published, and why some of its files are not."""
    if may_answer(person, at):
        subject = _("Published without some files: %(subject)s") % {"subject": _subject(found)}
        link = site() + url("conversation", conversation_id)
        _answer(person, found, subject, why, at, link=link)


def _answer(
    person: Person,
    found: Incoming,
    subject: str,
    why: Sequence[str],
    at: datetime,
    text: str = "",
    html: str = "",
    link: str = "",
) -> None:
    said = {"person": person, "why": why, "link": link, "organisation": organisation().name, "site": site()}
    answer(
        person,
        found,
        subject,
        str(fragment("mail/answer.txt", words=text, **said)),
        str(fragment("mail/answer.html", words=markup.clean(html), **said)),
        host(),
        at,
    )


def _subject(found: Incoming) -> str:
    return markup.on_one_line(found.subject)[:200] or _("your mail")
