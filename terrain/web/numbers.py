"""Numbers as a reader of each language writes them."""

from babel.numbers import format_decimal, format_percent
from django.utils import translation


def number(value: int | float) -> str:
    """1234 as "1 234" (narrow no-break space) in French, "1,234" in English."""
    if isinstance(value, int) and -1000 < value < 1000:
        return str(value)
    return format_decimal(value, locale=translation.get_language() or "en")


def percent(hundredths: int) -> str:
    """45 as "45 %" (narrow no-break space) in French, "45%" in English."""
    return format_percent(hundredths / 100, locale=translation.get_language() or "en")
