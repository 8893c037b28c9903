"""The fields of an archive's records: there, of the right sort, and such as this Terrain can keep."""

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from terrain.archives.reading import Record
from terrain.archives.refusing import Refused
from terrain.conversations.writing import LONGEST
from terrain.web import markup

LONGEST_ID = 200
LONGEST_EMAIL = 254
LONGEST_NAME = 120
KEYS = "0123456789#*"
"""What emojis of keys begin with."""

YEARS = range(1900, 2200)

SORTS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false", list: "a list"}
SORTS |= {dict: "an object", type(None): "null"}


def text(record: Record, field: str, longest: int) -> str:
    """A text that has to be there, and to say something."""
    value = _needed(record, field)
    if not isinstance(value, str):
        raise _wrong(field, "a text", value)
    if markup.is_empty(value):
        raise Refused(f"its “{field}” is empty")
    return _kept(value, field, longest)


def optional_text(record: Record, field: str, longest: int) -> str:
    """A text, "" where there is none."""
    value = record.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(field, "a text", value)
    return _kept(value, field, longest)


def named(record: Record, field: str) -> str:
    """The id of a record, or of what it names."""
    return text(record, field, LONGEST_ID)


def optional_named(record: Record, field: str) -> str | None:
    """The id of what it may name; null is nobody, or nothing."""
    return None if record.get(field) is None else named(record, field)


def author(record: Record) -> str | None:
    """Who wrote it, by id. It has to be said: null is an author who is no longer in the archive."""
    if "author" not in record:
        raise _absent("author")
    return optional_named(record, "author")


def choice(record: Record, field: str, values: tuple[str, ...]) -> str:
    """One of a few words."""
    value = text(record, field, LONGEST_ID)
    if value not in values:
        raise Refused(f"there is no {field} “{value}”: it is {', '.join(values[:-1])} or {values[-1]}")
    return value


def optional_choice(record: Record, field: str, values: tuple[str, ...]) -> str:
    """One of a few words, "" where there is none."""
    return choice(record, field, values) if record.get(field) else ""


def emoji(record: Record, longest: int) -> str:
    """A sign that is no word: pages put signs side by side, and take what is not one for the end of it."""
    value = text(record, "emoji", longest)
    if not all(sign in KEYS or (sign > "\x7f" and not sign.isspace()) for sign in value):
        raise Refused(f"its “emoji”, “{value}”, is no emoji")
    return value


def moment(record: Record, field: str) -> datetime:
    """A date and an hour, with its zone."""
    value = _needed(record, field)
    if not isinstance(value, str):
        raise _wrong(field, "a text such as 2026-03-31T14:05:00Z", value)
    try:
        parsed = datetime.fromisoformat(value)
        if parsed.tzinfo is None:
            raise Refused(f"its “{field}”, {value[:40]}, has no time zone")
        parsed = parsed.astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise Refused(f"its “{field}”, {_shown(value)}, is no date: {fault}") from None
    if parsed.year not in YEARS:
        raise Refused(f"its “{field}”, {value[:40]}, is not between {YEARS[0]} and {YEARS[-1]}")
    return parsed


def optional_moment(record: Record, field: str) -> datetime | None:
    """A date and an hour, or none."""
    return None if record.get(field) is None else moment(record, field)


def optional_day(record: Record, field: str) -> date | None:
    """A day such as 2026-03-31, or none."""
    value = record.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _wrong(field, "a text such as 2026-03-31", value)
    try:
        return date.fromisoformat(value)
    except ValueError as fault:
        raise Refused(f"its “{field}”, {_shown(value)}, is no day: {fault}") from None


def optional_number(record: Record, field: str) -> int | None:
    """A whole number from 1 on, or none."""
    value = record.get(field)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(field, "a whole number", value)
    if not 1 <= value < 2**31:
        raise Refused(f"its “{field}” is out of bounds")
    return value


def optional_email(record: Record) -> str | None:
    """An address, in small letters, or none."""
    value = optional_text(record, "email", LONGEST_EMAIL).strip().lower()
    if not value:
        return None
    try:
        validate_email(value)
    except ValidationError:
        raise Refused(f"“{value}” is no mail address") from None
    return value


def path(record: Record, field: str) -> tuple[str, ...]:
    """Names from the top of the chart down; none where it is not said."""
    value = record.get(field)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _wrong(field, "a list of names", value)
    return tuple(text({field: name}, field, LONGEST_NAME) for name in value)


def optional_zone(record: Record) -> str:
    """The name of a time zone, "" where there is none."""
    value = optional_text(record, "zone", 64)
    if value and not _is_zone(value):
        raise Refused(f"there is no time zone “{value}”")
    return value


@lru_cache(maxsize=512)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def words(record: Record) -> str:
    """What is said, as clean HTML: of `html` where it is there, else of the plain text in `body`."""
    is_html = record.get("html") is not None
    field = "html" if is_html else "body"
    value = _needed(record, field)
    if not isinstance(value, str):
        raise _wrong(field, "a text", value)
    if markup.is_binary(value):
        raise Refused(f"its “{field}” holds characters that no text has")
    html = markup.clean(value) if is_html else markup.from_text(value)
    # HTML is measured by its words: cleaning it adds to its tags, and what a Terrain wrote has to come in again.
    plain = markup.to_text(html) if is_html else value
    if len(plain) > LONGEST:
        raise Refused(f"its “{field}” has {len(plain):,} characters; a message has {LONGEST:,} at the most")
    if markup.is_empty(plain):
        raise Refused(f"its “{field}” is empty")
    return html


def _kept(value: str, field: str, longest: int) -> str:
    if markup.is_binary(value):
        raise Refused(f"its “{field}” holds characters that no text has")
    if len(value) > longest:
        raise Refused(f"its “{field}” has {len(value):,} characters; it may have {longest:,}")
    return value


def _needed(record: Record, field: str) -> object:
    if field not in record:
        raise _absent(field)
    return record[field]


def _absent(field: str) -> Refused:
    return Refused(f"its “{field}” is missing")


def _wrong(field: str, wanted: str, value: object) -> Refused:
    return Refused(f"its “{field}” has to be {wanted}, not {SORTS[type(value)]}")


def _shown(value: str) -> str:
    return f"“{value[:40]}”"
