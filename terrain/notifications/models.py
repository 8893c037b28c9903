"""The records of notifications."""

from terrain.notifications.addresses import Renewal
from terrain.notifications.bundling import Bundle
from terrain.notifications.digest import Digest
from terrain.notifications.hours import Attention
from terrain.notifications.level import Level
from terrain.notifications.notification import Notification
from terrain.notifications.outbox import Mail

__all__ = ["Attention", "Bundle", "Digest", "Level", "Mail", "Notification", "Renewal"]
