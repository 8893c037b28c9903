"""Keys as a part of the house."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "terrain.keys"
