"""What happened is told inside the transaction that made it true, or not at all."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from terrain.web.events import hear, tell


@dataclass(frozen=True)
class KettleBoiled:
    """Something that happens in this file alone."""

    degrees: int


heard: list[KettleBoiled] = []


@hear(KettleBoiled)
def remember(event: KettleBoiled) -> None:
    heard.append(event)


@dataclass(frozen=True)
class KettleWhistled(KettleBoiled):
    """A more particular thing, that nobody has asked to hear."""


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_its_transaction_is_refused() -> None:
    heard.clear()
    with pytest.raises(transaction.TransactionManagementError, match="KettleBoiled"):
        tell(KettleBoiled(100))
    assert heard == []


@pytest.mark.django_db
def test_whoever_asked_hears_it_at_once_and_nothing_else() -> None:
    heard.clear()
    with transaction.atomic():
        tell(KettleBoiled(100))
        assert heard == [KettleBoiled(100)]
        tell(KettleWhistled(101))
        assert heard == [KettleBoiled(100)]
