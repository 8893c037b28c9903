"""An incoming mail, read: who writes, to whom, which words alone, with which files, and what is to be made of it."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser

from terrain.mail import automatic, headers, lines, quotes
from terrain.mail.authentication import Authentication, authentication
from terrain.mail.lines import Line
from terrain.mail.parts import CUT, Attachment, Parts, parts
from terrain.mail.signatures import without_signature
from terrain.web import markup

LARGEST = 25 * 1024 * 1024
"""Bytes of a mail; a larger one is refused before it is looked at."""

LONGEST_HEAD = 256 * 1024
"""Bytes of all the headers; what follows of them is left out."""

LOGO = 10 * 1024
"""Bytes below which a picture among the words is taken for a logo of a signature, and left out."""

_blank = re.compile(rb"\r?\n\r?\n")


class TooLarge(ValueError):
    """A mail that is not read, for its size; the only thing that reading ever raises."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes, where {LARGEST} are read")
        self.size = size


@dataclass(frozen=True)
class Incoming:
    """What a mail says."""

    sender: str
    """The address of From, in lower case; nothing where it is not one address alone."""
    recipients: tuple[str, ...]
    subject: str
    """Without the marks of answers and forwards."""
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    automatic: str
    """Why a program seems to have written it, as the header that says so."""
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    authentication: Authentication
    is_cut: bool
    """Whether words were left out for their number, and not because they were quoted."""
    trouble: tuple[str, ...]
    """What could not be read as it was meant."""

    @property
    def is_automatic(self) -> bool:
        """Whether a program seems to have written it: not to be published, nor answered."""
        return self.automatic != ""


def read(raw: bytes, trusted: str = "") -> Incoming:
    """What these bytes say; `trusted` names the receiving host whose verdicts on the sender are believed.

    Whatever the bytes are, something comes back, with what went wrong in `trouble`. Raises TooLarge, and nothing else.
    """
    if len(raw) > LARGEST:
        raise TooLarge(len(raw))
    trouble: list[str] = []
    message = _parsed(raw, trouble)
    found = parts(message)
    written = headers.unfolded(message, "From")
    sender = headers.only_address(written[0]) if len(written) == 1 else ""
    if not sender:
        trouble.append("no single sender")
    title = headers.decoded(headers.first(message, "Subject"))
    name = headers.decoded(written[0]).split("<")[0] if written else ""
    body = _body(found)
    words = _words(body, name, headers.is_forward(title))
    html = lines.to_html(words)
    return Incoming(
        sender=sender,
        recipients=headers.addresses(message, "To", "Cc", "Delivered-To", "X-Original-To"),
        subject=headers.bare_subject(title),
        message_id=next(iter(headers.message_ids(headers.first(message, "Message-ID"))), ""),
        in_reply_to=headers.message_ids(headers.first(message, "In-Reply-To")),
        references=headers.message_ids(headers.first(message, "References")),
        automatic=automatic.reason(message, sender, title),
        text=markup.to_text(html).strip(),
        html=html,
        attachments=tuple(_kept(found, body, words)),
        authentication=authentication(message, trusted),
        is_cut=_is_cut(found, body, words),
        trouble=(*trouble, *found.trouble),
    )


def _parsed(raw: bytes, trouble: list[str]) -> Message:
    """The mail in its parts; where they lie too deep for that, its headers alone."""
    head = _blank.search(raw)
    if (end := head.start() if head else len(raw)) > LONGEST_HEAD:
        raw = raw[:LONGEST_HEAD].rpartition(b"\n")[0] + raw[end:]
        trouble.append("headers cut: too long")
    try:
        message = message_from_bytes(raw)
    except RecursionError:
        trouble.append("parts too deep in one another")
        message = BytesHeaderParser().parsebytes(raw)
    trouble.extend(type(defect).__name__ for defect in message.defects)
    return message


def _body(found: Parts) -> list[Line]:
    """All the lines that came, of one body after the other."""
    bodies = [lines.of_html(text) if is_html else lines.of_text(text) for text, is_html in found.bodies]
    return [line for body in bodies for line in (*body, Line())]


def _words(body: list[Line], name: str, forwards: bool) -> list[Line]:
    """The lines that the sender wrote, and those that they forward."""
    if (start := quotes.forwarded_from(body, forwards)) is None:
        return without_signature(quotes.answer(body), name)
    above = without_signature(quotes.answer(body[:start]), name)
    return [*above, Line(), *quotes.unquoted(body[start:])]


def _is_cut(found: Parts, body: list[Line], words: list[Line]) -> bool:
    """Whether a line, or the whole, was too long: of what is quoted at the end, that is no harm."""
    if any(len(line.text) >= lines.LONGEST for line in words):
        return True
    read_whole = len(body) < lines.MOST and CUT not in found.trouble
    last = next((line.text for line in reversed(body) if not line.is_blank), "")
    return not read_whole and any(line.text == last for line in words[-3:])


def _kept(found: Parts, body: list[Line], words: list[Line]) -> list[Attachment]:
    """The files, but for the pictures shown among lines that were not kept, and for logos."""
    shown = {picture for line in body for picture in line.pictures}
    kept = {picture for line in words for picture in line.pictures}
    return [
        file
        for file in found.attachments
        if file.content_id not in shown or (file.content_id in kept and len(file.content) >= LOGO)
    ]
