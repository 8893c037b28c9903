"""A GET never writes: while one is answered, the database refuses anything but questions."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

QUESTION = re.compile(r"[\s(]*(select|with|values|explain)\b", re.IGNORECASE)
WRITING = re.compile(
    r"\b(into|update|delete|truncate|for\s+(key\s+)?share|nextval|setval|pg_notify|procrastinate_defer\w*)\b|;\s*\S",
    re.IGNORECASE,
)
QUOTED = re.compile(r"'[^']*'")


class WroteWhileReading(Exception):
    """A page that is only read tried to change something."""


def only_questions(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Let a question pass and refuse the rest."""
    if not is_question(sql):
        raise WroteWhileReading(sql)
    return execute(sql, params, many, context)


@lru_cache(maxsize=1024)
def is_question(sql: str) -> bool:
    """Whether this only asks: a SELECT could carry a write in its WITH, lock rows, or be followed by anything."""
    return QUESTION.match(sql) is not None and WRITING.search(QUOTED.sub("", sql)) is None


class ReadingNeverWrites:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        with connection.execute_wrapper(only_questions):
            return self.get_response(request)
