"""The parts of a mail: which hold its words, and which are files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from html import unescape
from urllib.parse import unquote

from terrain.mail import headers
from terrain.mail.charsets import decode, without_control
from terrain.mail.flowed import unflowed

DEEPEST = 30
MOST = 500
"""Parts that are looked at, and how deep they may lie in one another."""

LONGEST = 1_000_000
"""Bytes read of one body: more is no message, and would be cut anyway."""

CUT = "body cut: too long"

DEEPEST_HTML = 500
MOST_ENTITIES = 20_000
"""Elements in one another, and entities; beyond, HTML is read for its words alone, for its reader would take hours."""

LEFT_OUT = {
    "application/ms-tnef",
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "text/x-amp-html",
    "message/delivery-status",
    "message/disposition-notification",
}
"""Types that only programs read."""

CLOSED_BY_THE_NEXT = {
    "br",
    "hr",
    "img",
    "meta",
    "link",
    "input",
    "col",
    "p",
    "li",
    "td",
    "th",
    "tr",
    "dt",
    "dd",
}

_tag = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_tags = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    content_id: str = ""
    """What the HTML calls it by, where it is a picture among the words."""


@dataclass
class Parts:
    """What was found: bodies in their order, each with whether it is HTML, the files, and what could not be read."""

    bodies: list[tuple[str, bool]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


def parts(message: Message) -> Parts:
    """The parts of a mail, of an alternative only the richest."""
    found = Parts()
    for number, (part, in_alternative) in enumerate(_leaves(message, found.trouble)):
        if number == MOST:
            found.trouble.append("too many parts")
            break
        _take(part, in_alternative, found)
    return found


def _leaves(
    message: Message, trouble: list[str], depth: int = 0, within: bool = False
) -> Iterator[tuple[Message, bool]]:
    """The parts that hold something, in order, each with whether it is one of several forms of the same words."""
    inner = _inner(message)
    if message.get_content_maintype() != "multipart" or not inner:
        yield message, within
        return
    if depth == DEEPEST:
        trouble.append("parts too deep in one another")
        return
    if message.get_content_subtype() == "alternative":
        inner, within = _richest(inner), True
    for part in inner:
        yield from _leaves(part, trouble, depth + 1, within)


def _inner(message: Message) -> list[Message]:
    """The parts that a part is made of."""
    payload = message.get_payload() if message.is_multipart() else []
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _richest(forms: list[Message]) -> list[Message]:
    """Of several forms of the same words: HTML, or what holds it, before text; what is no such form stays beside it."""
    held = [
        form
        for form in forms
        if form.get_content_maintype() == "multipart" or form.get_content_type() == "text/html"
    ]
    plain = [form for form in forms if form.get_content_type() == "text/plain"]
    filled = [form for form in held if form.is_multipart() or _bytes(form).strip()]
    words = (filled or plain or held)[-1:]
    return [form for form in forms if form in words or form not in [*held, *plain]]


def _take(part: Message, in_alternative: bool, found: Parts) -> None:
    kind = part.get_content_type()
    disposition = headers.first(part, "Content-Disposition").split(";")[0].strip().lower()
    name = _name(part)
    if kind in {"text/plain", "text/html"} and disposition != "attachment" and not (name and found.bodies):
        text, is_html = _body(part, found.trouble), kind == "text/html"
        if is_html and _is_heavy(text):
            text, is_html = unescape(_tags.sub("\n", text)), False
            found.trouble.append("HTML too heavy")
        found.bodies.append((text, is_html))
    elif (
        kind not in LEFT_OUT
        and name.lower() != "winmail.dat"
        and not (kind == "text/calendar" and in_alternative)
    ):
        content = _bytes(part)
        if content:
            content_id = headers.first(part, "Content-ID").strip("<> ")
            found.attachments.append(Attachment(name or _unnamed(kind), kind, content, content_id))


def _is_heavy(html: str) -> bool:
    """Whether more elements are open at once, or more entities written, than any program does."""
    depth = 0
    if html.count("&") > MOST_ENTITIES:
        return True
    for tag in _tag.finditer(html):
        if tag[2].lower() not in CLOSED_BY_THE_NEXT:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > DEEPEST_HTML:
            return True
    return False


def _bytes(part: Message) -> bytes:
    """The bytes of a part; of a mail in a mail, all of it."""
    if inner := _inner(part):
        try:
            return b"\n".join(bytes(each) for each in inner)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return b""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _body(part: Message, trouble: list[str]) -> str:
    raw = _bytes(part)
    if len(raw) > LONGEST:
        raw = raw[:LONGEST]
        trouble.append(CUT)
    charset = _parameter(part, "charset") or None
    text, as_named = decode(raw, charset)
    if not as_named:
        trouble.append(f"not in its charset: {charset}")
    text = without_control(text.replace("\r\n", "\n").replace("\r", "\n")).removeprefix("\ufeff")
    if part.get_content_type() == "text/plain" and _parameter(part, "format").lower() == "flowed":
        return unflowed(text, _parameter(part, "delsp").lower() == "yes")
    return text


def _parameter(part: Message, name: str, header: str = "content-type") -> str:
    """A parameter of a header, in whichever of the ways that programs write it."""
    try:
        value = part.get_param(name, "", header)
    except (ValueError, UnicodeError, LookupError, TypeError):
        return ""
    if isinstance(value, tuple):
        return decode(unquote(value[2] or "", "latin-1").encode("latin-1", "replace"), value[0])[0]
    return headers.decoded(str(value))


def _name(part: Message) -> str:
    """The name of a file, without the folders before it."""
    name = _parameter(part, "filename", "content-disposition") or _parameter(part, "name")
    return re.split(r"[/\\]", " ".join(name.split()))[-1].strip(". ")[-200:]


def _unnamed(kind: str) -> str:
    return {"message/rfc822": "message.eml", "text/calendar": "invitation.ics"}.get(
        kind, f"file.{kind.split('/')[-1]}"[:40]
    )
