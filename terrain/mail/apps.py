"""Incoming mail as a part of the house."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "terrain.mail"
