"""What happened is told here, inside the transaction that made it true, to whoever hears it.

A listener may only do what the transaction would take back: defer a job, notify through PostgreSQL, write a row.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

Listener = TypeVar("Listener", bound=Callable[..., None])

_listeners: dict[type, list[Callable[..., None]]] = defaultdict(list)


def hear(kind: type) -> Callable[[Listener], Listener]:
    """Register the decorated function as a listener of events of exactly this class."""

    def register(listener: Listener) -> Listener:
        _listeners[kind].append(listener)
        return listener

    return register


def tell(event: object) -> None:
    """Tell an event to its listeners, now; outside a transaction it raises TransactionManagementError."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            f"{event} was told outside the transaction that made it true"
        )
    for listener in _listeners[type(event)]:
        listener(event)
