"""Makes HTML of templates: the words, components and addresses that every template may use."""

import secrets
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment
from markupsafe import Markup, escape

from terrain.web import contours, faces, headers, moments, numbers, panels, shell
from terrain.web.fragments import Kept, constant, joined, slot
from terrain.web.icons import icon

BETWEEN = f"\x1e{secrets.token_hex(8)}\x1e"
"""Stands between the blocks of a page that is drawn; no text that somebody wrote can hold it."""

_drawn = Kept()


def environment(**options: Any) -> Environment:
    """Jinja2 as this house uses it: gettext in the person's language, and nothing undefined passes in silence."""
    env = Environment(
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        **{**options, "autoescape": True},
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(
        icon=icon,
        face=faces.face,
        brand=contours.brand,
        relief=contours.relief,
        contours=contours.contours,
        hue=contours.hue,
        once=fragment_once,
        url=url,
        static=asset,
        places=shell.places,
        ago=moments.ago,
        day=moments.day,
        month=moments.month,
        date=moments.on,
        iso=moments.iso,
        number=numbers.number,
        percent=numbers.percent,
        settings=settings,
    )
    return env


@lru_cache(maxsize=4096)
def url(name: str, *arguments: Any) -> str:
    """The path of a named page."""
    return reverse(name, args=arguments)


@lru_cache(maxsize=256)
def asset(name: str) -> str:
    """The address of a style, script or font, which changes with its content."""
    return static(name)


@lru_cache(maxsize=256)
def template(name: str) -> Any:
    """The Jinja2 template of this name, found once."""
    return engines["jinja2"].env.get_template(name)  # type: ignore[attr-defined]


def fragment(name: str, /, **context: Any) -> Markup:
    """A part of a page: the template drawn with these names alone."""
    return Markup(template(name).render(context))


def fragment_once(name: str, /, **context: Hashable) -> Markup:
    """The same, kept: drawn once in each language for the same values."""
    return _once(name, translation.get_language(), tuple(context.items()))


@lru_cache(maxsize=20_000)
def _once(name: str, _language: str | None, context: tuple[tuple[str, Hashable], ...]) -> Markup:
    return fragment(name, **dict(context))


def page(request: Any, name: str, status: int = 200, place: str = "", **context: Any) -> HttpResponse:
    """A whole page inside the shell; asked by an open page itself (with the header `Part`), its living part alone.

    The template's blocks title, main and aside fill the shell, which is drawn once for everybody. `place` is the key of
    the navigation's entry that the page belongs to.
    """
    if "part" in request.headers:
        part = _answer(request, name, status, inside="web/part.html", **context)
        # Where nothing counts, nothing is said.
        if counting := [each.count for each in shell.places() if each.count]:
            part["News"] = str(max(count(request.user) for count in counting))
        return part
    csrf = csrf_field(request)
    html = _draw(request, name, inside="web/parts.html", between=BETWEEN, csrf=csrf, **context)
    title, main, aside = html.split(BETWEEN)
    person = request.user
    shown = (
        place,
        translation.get_language(),
        person.theme,
        headers.live_address(request),
        request.organisation.name,
    )
    shell_once = _drawn.one(shown, lambda: fragment("web/shell.html", shown=Shell(*shown), slot=slot))
    parts = {
        "title": title.encode(),
        "main": joined(main, context),
        "aside": joined(aside, context),
        "rail_top": b"".join(panel.encode() for panel in panels.drawn("rail-top", request)),
        "rail": b"".join(panel.encode() for panel in panels.drawn("rail", request)),
        "self": fragment_once(
            "web/_self.html", name=person.name, title=person.title, here=place == "me"
        ).encode(),
        "csrf": csrf.encode(),
    }
    for each in shell.places():
        if each.count:
            parts[f"count_{each.key}"] = fragment_once("web/_count.html", count=each.count(person)).encode()
    return HttpResponse(
        shell_once.fill({name: constant(html) for name, html in parts.items()}), status=status
    )


@dataclass(frozen=True)
class Shell:
    """What the frame around a page depends on, beside what fills it."""

    place: str
    language: str
    theme: str
    live: str
    organisation: str


def render_bare(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    """A whole page without the frame: the door, and what is shown when something is wrong."""
    return _answer(request, name, status, **context)


def csrf_field(request: HttpRequest) -> Markup:
    """The hidden field by which a form shows that it is ours."""
    # Masking the secret anew for each page would cost more than drawing it; what masking is for, guessing the secret by
    # the length of compressed answers, is met by the random bytes that GZipMiddleware adds to them.
    secret = request.META.get("CSRF_COOKIE") or get_token(request)
    return Markup(f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(secret)}">')


def _answer(request: HttpRequest, name: str, status: int, **context: Any) -> HttpResponse:
    html = _draw(request, name, csrf=csrf_field(request), **context)
    return HttpResponse(joined(html, context), status=status)


def _draw(request: HttpRequest, name: str, **context: Any) -> str:
    user = getattr(request, "user", None)
    html: str = template(name).render(
        request=request,
        # Nobody at the door; and a fault may come before it is known who asks.
        person=user if user is not None and user.is_authenticated else None,
        language=translation.get_language(),
        **context,
    )
    return html
