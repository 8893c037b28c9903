"""Links as a part of the house."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "terrain.links"
