"""Archives as a part of the house."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "terrain.archives"
