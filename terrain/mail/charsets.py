"""Bytes as text: in the charset that they name, or else in the one that they most probably are in."""

import codecs
import re

# Who writes these means Windows-1252, as browsers know.
_MEANT = {"iso8859-1": "cp1252", "ascii": "utf-8"}
# Text for Python, but no charset of a mail; some take ages.
_NEVER = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}

_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def without_control(text: str) -> str:
    """Text without the characters that no text has, and that no database keeps."""
    return _control.sub("", text)


def decode(raw: bytes, charset: str | None) -> tuple[str, bool]:
    """The text, and whether it was really in the charset that was named."""
    named = _known(charset) if charset else "utf-8"
    for attempt in (named, "utf-8"):
        if attempt:
            try:
                return raw.decode(attempt), attempt == named
            except (UnicodeError, ValueError):
                continue
    return raw.decode("cp1252", "replace"), charset is None


def _known(charset: str) -> str:
    """The codec of a charset; nothing where there is none."""
    try:
        codec = codecs.lookup(charset.strip().strip("\"'"))
    except (LookupError, ValueError, UnicodeError):
        return ""
    if not getattr(codec, "_is_text_encoding", True) or codec.name.replace("-", "_") in _NEVER:
        return ""
    return _MEANT.get(codec.name, codec.name)
