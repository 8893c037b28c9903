"""One live process for all of these tests: it keeps nothing but who listens."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from tests.live.pages import Live


@pytest.fixture(scope="session")
def live(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> "Iterator[Live]":
    """A live process that works in the database of the tests."""
    from tests.live.pages import live_process  # Django has to be set up first

    with live_process() as process:
        yield process
