"""French spaces that do not break: whole before : and units; narrow before ; ! ?, inside « » and within numbers."""

import re

NARROW = "\u202f"
WHOLE = "\u00a0"

_before = re.compile(r"[ \u00a0](?=[;!?»])")
_before_colon = re.compile(r" (?=:)")
_after = re.compile(r"«[ \u00a0]")
_thousands = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_units = re.compile(
    r"(?<=\d) (?=(?:[%€£°]|(?:h|min|s|mm|cm|m|m³|km|kg|g|V|dB|K|bars?|tonnes?|litres?)(?![\w’])))"
)
_minutes = re.compile(r"(?<=\u00a0h) (?=\d\d(?!\d))")
_tags = re.compile(r"(<[^>]*>)")


def spaced(text: str) -> str:
    """A French text with the spaces that French wants; an English one is left as it is by its own habits."""
    text = _after.sub("«" + NARROW, _before.sub(NARROW, text))
    text = _before_colon.sub(WHOLE, _thousands.sub(NARROW, text))
    return _minutes.sub(WHOLE, _units.sub(WHOLE, text))


def spaced_html(html: str) -> str:
    """The same, for what stands between tags."""
    return "".join(part if part.startswith("<") else spaced(part) for part in _tags.split(html))


def grouped(number: int) -> str:
    """A whole number as French writes it: 12 400."""
    return f"{number:,}".replace(",", NARROW)
