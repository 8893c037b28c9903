"""Search as a part of the house."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "terrain.search"
