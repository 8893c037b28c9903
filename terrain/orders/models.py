"""The records of legal orders."""

from terrain.orders.order import Order

__all__ = ["Order"]
