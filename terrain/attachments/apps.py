"""Attachments as a part of the house."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "terrain.attachments"
