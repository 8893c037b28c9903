"""A moment as somebody writes it, by the clocks of where they are."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M"]


def read(written: str, zone: ZoneInfo) -> datetime:
    """The moment that clocks there say so; raises ValidationError, with a sentence, for what is none.

    An hour that comes twice, where clocks go back, is the first of the two.
    """
    said = _read(written.strip()).replace(tzinfo=zone)
    # Where clocks go forward an hour is skipped: it comes back from UTC as another one.
    back = said.astimezone(ZoneInfo("UTC")).astimezone(zone)
    if back.replace(tzinfo=None) != said.replace(tzinfo=None):
        raise ValidationError(
            _("That hour does not exist that day: the clocks go forward. Choose one before or after."),
            "skipped",
        )
    return said


def _read(written: str) -> datetime:
    for each in FORMATS:
        try:
            return datetime.strptime(written, each)  # noqa: DTZ007 (what clocks say, which the zone makes a moment)
        except ValueError:
            continue
    raise ValidationError(_("Write a day and an hour, such as 2027-03-12 14:30."), "unread")
