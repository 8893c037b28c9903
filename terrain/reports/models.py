"""The records of what goes too far."""

from terrain.reports.appealing import Appeal
from terrain.reports.deciding import Decision
from terrain.reports.report import Report
from terrain.reports.telling import Word

__all__ = ["Appeal", "Decision", "Report", "Word"]
