"""Outcomes as a part of the house."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "terrain.outcomes"
