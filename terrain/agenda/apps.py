"""Agenda as a part of the house."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "terrain.agenda"
