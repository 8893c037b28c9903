"""Legal orders as a part of the house."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "terrain.orders"
