"""Spaces as a part of the house."""

from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "terrain.spaces"
