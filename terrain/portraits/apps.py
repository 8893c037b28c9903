"""Portraits as a part of the house."""

from django.apps import AppConfig


class PortraitsConfig(AppConfig):
    name = "terrain.portraits"
