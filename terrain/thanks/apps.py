"""Thanks as a part of the house."""

from django.apps import AppConfig


class ThanksConfig(AppConfig):
    name = "terrain.thanks"
