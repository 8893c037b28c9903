"""Trust as a part of the house."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "terrain.trust"
