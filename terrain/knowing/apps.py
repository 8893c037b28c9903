"""Knowing as a part of the house."""

from django.apps import AppConfig


class KnowingConfig(AppConfig):
    name = "terrain.knowing"
