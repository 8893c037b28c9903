"""Web push as a part of the house."""

from django.apps import AppConfig


class PushConfig(AppConfig):
    name = "terrain.push"
