"""People as a part of the house."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "terrain.people"
