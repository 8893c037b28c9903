"""The mailbox in which mails arrive: looked into each minute over IMAP, and emptied of what was taken.

A mail leaves it only after the transaction that took it. What was published, or given back to its author, is erased;
what was left alone is kept for a month in a folder of its own; what cannot be taken yet is flagged, and tried again
after all others.
"""

import logging
import re
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from imaplib import IMAP4
from urllib.parse import SplitResult, parse_qsl, unquote

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError

from terrain.mail import receiving
from terrain.mail.incoming import LARGEST
from terrain.mail.taken import Outcome
from terrain.mail.taking import HEAD, take

AT_ONCE, AGAIN = 100, 20
"""Mails taken at one look, and of those that could not be taken before."""
LONGEST = 20.0
"""Seconds after which no further mail is begun: other work waits for the worker."""
PATIENCE = 10.0
"""Seconds that the server may take for one answer."""
LEFT_ALONE = "Terrain-left-alone"
"""The folder for what was left alone."""
KEPT = timedelta(days=30)
FAULTS = (OSError, IMAP4.error, ImapToolsError)

_size = re.compile(rb"\bUID (?P<uid>\d+)\b.*\bRFC822\.SIZE (?P<size>\d+)|\bRFC822\.SIZE (\d+)\b.*\bUID (\d+)")

logger = logging.getLogger(__name__)


def look(url: SplitResult, at: datetime | None = None) -> list[Outcome]:
    """Take what waits in this mailbox, and say what became of each mail.

    Where it cannot be looked into, that is kept for who keeps Terrain running.
    """
    at = at or timezone.now()
    outcomes: list[Outcome] = []
    try:
        with opened(url) as mailbox:
            until = time.monotonic() + LONGEST
            for uid, size in _waiting(mailbox):
                if time.monotonic() > until:
                    break
                if (raw := _read(mailbox, uid, size)) is not None:
                    outcomes.append(_take(raw, size, at))
                    _put_away(mailbox, uid, outcomes[-1])
            receiving.looked(at, len(mailbox.uids(AND(flagged=True))))
    except FAULTS as fault:
        receiving.could_not_look(at, " ".join(f"{type(fault).__name__}: {fault}".split())[:300])
    return outcomes


def clear(url: SplitResult, at: datetime | None = None) -> None:
    """Erase what was left alone for a month."""
    before = ((at or timezone.now()) - KEPT).date()
    with suppress(*FAULTS), opened(url) as mailbox:
        mailbox.folder.set(_folder(mailbox))
        mailbox.delete(mailbox.uids(AND(date_lt=before)))


@contextmanager
def opened(url: SplitResult) -> Iterator[BaseMailBox]:
    """The folder of a mailbox that this address names; raises one of FAULTS."""
    host, port = url.hostname or "localhost", url.port or (993 if url.scheme == "imaps" else 143)
    secure = ssl.create_default_context()
    mailbox: BaseMailBox
    if url.scheme == "imaps":
        mailbox = MailBox(host, port, timeout=PATIENCE, ssl_context=secure)
    elif dict(parse_qsl(url.query)).get("tls") == "0":
        mailbox = MailBoxUnencrypted(host, port, timeout=PATIENCE)
    else:
        mailbox = MailBoxStartTls(host, port, timeout=PATIENCE, ssl_context=secure)
    try:
        name, password = unquote(url.username or ""), unquote(url.password or "")
        enter = mailbox.login if f"{name}{password}".isascii() else mailbox.login_utf8
        enter(name, password, initial_folder=unquote(url.path.strip("/")) or "INBOX")
        yield mailbox
    finally:
        with suppress(*FAULTS):
            mailbox.logout()


def _waiting(mailbox: BaseMailBox) -> Sequence[tuple[str, int]]:
    """What is taken at one look, each mail with its size in bytes: the earliest first, those of another try last."""
    uids = mailbox.uids(AND(flagged=False))[:AT_ONCE] + mailbox.uids(AND(flagged=True))[:AGAIN]
    if not uids:
        return []
    sizes: dict[str, int] = {}
    for line in mailbox.client.uid("FETCH", ",".join(uids), "(UID RFC822.SIZE)")[1]:
        if isinstance(line, bytes) and (found := _size.search(line)):
            uid, size = (found[1], found[2]) if found[1] else (found[4], found[3])
            sizes[uid.decode()] = int(size)
    return [(uid, sizes[uid]) for uid in uids if uid in sizes]


def _read(mailbox: BaseMailBox, uid: str, size: int) -> bytes | None:
    """The bytes of a mail, the first ones of a large one; None where it is no longer there. It stays unseen."""
    part = "BODY.PEEK[]" if size <= LARGEST else f"BODY.PEEK[]<0.{HEAD}>"
    for found in mailbox.client.uid("FETCH", uid, f"({part})")[1]:
        if isinstance(found, tuple):
            return bytes(found[1])
    return None


def _take(raw: bytes, size: int, at: datetime) -> Outcome:
    """Take it; what this Terrain stumbles over is tried again later, and hinders no other mail."""
    try:
        return take(raw, size=size, at=at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("A mail could not be taken")
        return Outcome.LATER


def _put_away(mailbox: BaseMailBox, uid: str, outcome: Outcome) -> None:
    if outcome is Outcome.LATER:
        mailbox.flag(uid, MailMessageFlags.FLAGGED, True)
    elif outcome is Outcome.LEFT:
        mailbox.move(uid, _folder(mailbox))
    else:
        mailbox.delete(uid)


def _folder(mailbox: BaseMailBox) -> str:
    """The folder for what is left alone, made where it is missing; some servers have all folders within the inbox."""
    known = mailbox.folder.list()
    within = f"INBOX{known[0].delim if known else '/'}{LEFT_ALONE}"
    for name in (LEFT_ALONE, within):
        if any(each.name == name for each in known):
            return name
    try:
        mailbox.folder.create(LEFT_ALONE)
    except ImapToolsError:
        mailbox.folder.create(within)
        return within
    return LEFT_ALONE
