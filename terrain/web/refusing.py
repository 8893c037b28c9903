"""A gesture that cannot be made now: the verb raises why, in a sentence, and the person reads it, their words kept."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from terrain.web.rendering import page


class Refused(Exception):
    """It cannot be done; each subclass has its sentence, in the language of who reads it."""

    sentence: ClassVar[str | Promise]
    status: ClassVar[int] = 422

    def __str__(self) -> str:
        return str(self.sentence)


class SaysWhy:
    """Answers a gesture that was refused with its sentence, and with what was written, so that nothing is lost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        came_from, site = request.headers.get("referer", ""), f"{request.scheme}://{request.get_host()}/"
        written = [
            value for name, value in request.POST.items() if name != "csrfmiddlewaretoken" and " " in value
        ]
        back = came_from if came_from.startswith(site) else "/"
        return page(
            request,
            "web/refused.html",
            status=exception.status,
            said=str(exception),
            written=written,
            back=back,
        )
