"""Hosting as a part of the house."""

from django.apps import AppConfig


class HostingConfig(AppConfig):
    name = "terrain.hosting"
