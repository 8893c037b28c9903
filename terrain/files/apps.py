"""Files as a part of the house."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "terrain.files"
