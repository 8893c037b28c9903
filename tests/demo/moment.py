"""The moment at which the tests plant the demo company."""

from datetime import datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
A_TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=PARIS)
