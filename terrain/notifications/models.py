"""The records of notifications."""

from terrain.notifications.level import Level
from terrain.notifications.notification import Notification

__all__ = ["Level", "Notification"]
