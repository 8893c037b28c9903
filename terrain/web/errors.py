"""The pages for what went wrong: not found, a form too old, the database away, a fault of ours.

Each gives back what was being written, in the person's language.
"""

import sys

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from terrain.web.rendering import render_bare


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what does not exist and for what this person may not see."""
    return render_bare(request, "web/missing.html", status=404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: too old a page, or another site's form."""
    return render_bare(request, "web/again.html", status=403, outage=False, sent=_sent(request))


def fault(request: HttpRequest) -> HttpResponse:
    """Something broke: on our side, or the database is away (503), which breaks wherever it is asked first."""
    # Who asks is not always known by then.
    language = getattr(getattr(request, "user", None), "language", "")
    with translation.override(language or translation.get_language_from_request(request)):
        if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
            connection.close()
            return render_bare(request, "web/again.html", status=503, outage=True, sent=_sent(request))
        return render_bare(request, "web/fault.html", status=500)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "password")
    ]
