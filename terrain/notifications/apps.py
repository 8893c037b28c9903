"""Notifications as a part of the house."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "terrain.notifications"
