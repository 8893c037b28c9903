"""Ideas as a part of the house."""

from django.apps import AppConfig


class IdeasConfig(AppConfig):
    name = "terrain.ideas"
