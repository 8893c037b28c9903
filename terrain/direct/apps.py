"""Direct conversations as a part of the house."""

from django.apps import AppConfig


class DirectConfig(AppConfig):
    name = "terrain.direct"
