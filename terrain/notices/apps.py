"""Notices as a part of the house."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "terrain.notices"
