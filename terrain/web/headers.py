"""What the browser is told not to do: nothing comes from elsewhere, nothing inline runs, nobody frames a page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Turbo brings the style of its progress bar along: that one text, known by its hash, and no other.
TURBO = "'sha256-WAyOw4V+FqDc35lQPyRADLBWbuNK8ahvYEaQIYF1+Ps='"
POLICY = (
    f"default-src 'self'; style-src 'self' {TURBO}; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; connect-src 'self' "
)


def live_address(request: HttpRequest) -> str:
    """Where the live stream listens, seen from this browser: the address set, or the same host's live port."""
    if settings.LIVE_URL:
        return str(settings.LIVE_URL)
    host = request.META.get("HTTP_HOST", "localhost")
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    return f"{request.scheme}://{name}:{settings.LIVE_PORT}/live"


def site(request: HttpRequest) -> str:
    """The address of this Terrain, without a slash at its end: the one set, or the one that was asked."""
    return str(settings.SITE_URL) or f"{request.scheme}://{request.get_host()}"


class SecurityHeaders:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        # What is no page of ours, such as a file that somebody brought, says more strictly what it may do.
        headers.setdefault("Content-Security-Policy", POLICY + live_address(request))
        if not response.streaming and "Content-Length" not in headers:
            headers["Content-Length"] = str(len(response.content))
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        return response
