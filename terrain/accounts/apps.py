"""The door as a part of the house."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "terrain.accounts"
