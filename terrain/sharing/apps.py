"""Sharing as a part of the house."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "terrain.sharing"
