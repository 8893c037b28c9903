"""Starts the house: every folder's kinds, panels, acts of power and listeners are found here, once."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WebConfig(AppConfig):
    name = "terrain.web"

    def ready(self) -> None:
        autodiscover_modules("kind", "part", "panels", "acts", "listeners")
