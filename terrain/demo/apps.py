"""The demo as a part of the house."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "terrain.demo"
