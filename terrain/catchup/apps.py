"""Catching up as a part of the house."""

from django.apps import AppConfig


class CatchupConfig(AppConfig):
    name = "terrain.catchup"
