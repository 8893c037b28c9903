"""A GET never writes: while one is answered, the database refuses anything but questions."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

QUESTION = re.compile(r"[\s(]*(select|with|values|explain)\b", re.IGNORECASE)
WRITING = re.compile(r"\b(insert\s+into|update\s+\w|delete\s+from|for\s+update)\b", re.IGNORECASE)


class WroteWhileReading(Exception):
    """A page that is only read tried to change something."""


def only_questions(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Let a SELECT pass and refuse the rest; a WITH is looked into, since it could carry a write."""
    asked = QUESTION.match(sql)
    if asked is None or (asked[1].lower() != "select" and WRITING.search(sql)):
        raise WroteWhileReading(sql)
    return execute(sql, params, many, context)


class ReadingNeverWrites:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        with connection.execute_wrapper(only_questions):
            return self.get_response(request)
