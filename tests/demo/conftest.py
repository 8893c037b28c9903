"""The demo company, made up in memory, and planted in a database that forgets it afterwards."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.demo.moment import A_TUESDAY

if TYPE_CHECKING:
    from terrain.demo.making import Made
    from terrain.demo.planting import Planted

# This file is read before Django is set up: what has tables is imported once a test asks for it.


@pytest.fixture(scope="session")
def made() -> "Made":
    """The company as it is on an ordinary Tuesday afternoon."""
    from terrain.demo.making import make

    return make(A_TUESDAY)


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> "Iterator[Planted]":
    """The company in its tables, for the tests of one file."""
    from terrain.demo.planting import plant

    with django_db_blocker.unblock(), transaction.atomic():
        yield plant(A_TUESDAY)
        transaction.set_rollback(True)
