"""Numbers are written as their readers write them."""

import pytest
from django.utils import translation

from terrain.web.numbers import number


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("en", 0, "0"),
        ("en", 999, "999"),
        ("en", 1234567, "1,234,567"),
        ("fr", -999, "-999"),
        ("fr", 1234567, "1\u202f234\u202f567"),
        ("en", 0.5, "0.5"),
        ("fr", 0.5, "0,5"),
    ],
)
def test_a_number_is_written_as_its_reader_writes_it(language: str, value: float, said: str) -> None:
    with translation.override(language):
        assert number(value) == said
