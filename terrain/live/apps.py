"""Live as a part of the house."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "terrain.live"
