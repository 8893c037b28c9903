"""Conversations as a part of the house."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "terrain.conversations"
