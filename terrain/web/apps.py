"""Starts the house: what every folder registers (kinds, panels, acts of power, listeners …) is found here, once."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WebConfig(AppConfig):
    name = "terrain.web"

    def ready(self) -> None:
        autodiscover_modules("kind", "part", "panels", "acts", "concerns", "listeners")
