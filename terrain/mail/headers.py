"""The headers of a mail: decoded, unfolded, and without what no header may hold."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

from terrain.mail.charsets import decode, without_control

LONGEST = 10_000
"""Characters read of one header: a longer one is cut, so that nobody makes the reader work for hours."""

FORWARDS = r"tr|fwd?|wg|enc|rv"
ANSWERS = r"re|réf|ref|rép|rep|aw|sv|antw|odp"

_folding = re.compile(r"[\r\n\t ]+")
_address = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[^\s@<>\"(),:;\\\[\]]{1,255}")
_quoted = re.compile(r'"(?:[^"\\]|\\.)*"')
_remark = re.compile(r"\([^()]*\)")
_message_id = re.compile(r"<[^<>\s]{1,998}>")
_prefix = re.compile(
    rf"\s*(?:(?P<answer>{ANSWERS})|(?P<forward>{FORWARDS}))(?:\[\d+\]|\(\d+\))?\s*:\s*", re.IGNORECASE
)


def unfolded(message: Message, name: str) -> list[str]:
    """Each header of this name on one line, as it was written."""
    written = (value for known, value in message.raw_items() if known.lower() == name.lower())
    return [_folding.sub(" ", str(value)[:LONGEST]).strip() for value in written]


def first(message: Message, name: str) -> str:
    """The first header of this name, or nothing."""
    return next(iter(unfolded(message, name)), "")


def decoded(value: str) -> str:
    """What encoded words say; what they cannot say is left as it came."""
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return without_control(_readable(value))
    words = [decode(part, charset)[0] if isinstance(part, bytes) else part for part, charset in parts]
    return without_control(_readable("".join(words))).strip()


def _readable(value: str) -> str:
    """Bytes that no header should hold, as the charset that they most probably are in."""
    raw = value.encode("utf-8", "surrogateescape")
    return decode(raw, None)[0]


def only_address(value: str) -> str:
    """The one address of a From header, in lower case; nothing where there are several, or where that is in doubt."""
    bare = _remark.sub(" ", _quoted.sub(" ", value)).strip()
    written = re.findall(r"<([^<>]*)>", bare)
    if "<" in bare:
        before, address = bare.split("<")[0].strip(), "".join(written).strip()
        if (
            len(written) != 1
            or not bare.endswith(">")
            or ("@" in before and before.lower() != address.lower())
        ):
            return ""
        bare = address
    # Bytes that are no letters in any charset are in no address that anybody has.
    return bare.lower() if _address.fullmatch(bare) and bare.isprintable() else ""


def addresses(message: Message, *names: str) -> tuple[str, ...]:
    """The addresses of these headers in lower case, in order, each once."""
    values = [value for name in names for value in unfolded(message, name)]
    found = [address.strip().lower() for _, address in getaddresses(values)]
    return tuple(dict.fromkeys(address for address in found if _address.fullmatch(address)))


def message_ids(value: str) -> tuple[str, ...]:
    """The identifiers in a header, with their brackets."""
    return tuple(dict.fromkeys(_message_id.findall(value)))


def bare_subject(subject: str) -> str:
    """A subject without the marks of answers and forwards before it, in any number and of both languages."""
    while mark := _prefix.match(subject):
        subject = subject[mark.end() :]
    return subject.strip()


def is_forward(subject: str) -> bool:
    """Whether the outermost mark says that something is passed on, not answered."""
    mark = _prefix.match(subject)
    return mark is not None and mark["forward"] is not None
