"""What is saved for later as a part of the house."""

from django.apps import AppConfig


class SavingConfig(AppConfig):
    name = "terrain.saving"
