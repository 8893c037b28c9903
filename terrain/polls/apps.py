"""Polls as a part of the house."""

from django.apps import AppConfig


class PollsConfig(AppConfig):
    name = "terrain.polls"
