"""Reports as a part of the house."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "terrain.reports"
