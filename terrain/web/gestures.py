"""Lets a plain HTML form make the gestures that HTML has no method for: DELETE, asked as a POST with `_method`."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse


class MethodOverride:
    """The last to see a request before its view: by then its form has been read and its token checked, as a POST."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, arguments: Any, names: Any) -> None:
        if request.method == "POST" and "DELETE" in (request.GET.get("_method"), request.POST.get("_method")):
            request.method = "DELETE"
