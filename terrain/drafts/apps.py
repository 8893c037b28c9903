"""Drafts as a part of the house."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "terrain.drafts"
