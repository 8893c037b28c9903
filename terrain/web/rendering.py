"""Makes HTML of templates: the words, components and addresses that every template may use."""

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
from markupsafe import Markup

from terrain.web import contours, faces, headers, moments, numbers, panels, shell
from terrain.web.icons import icon


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
        url=url,
        static=asset,
        places=shell.places,
        ago=moments.ago,
        day=moments.day,
        month=moments.month,
        iso=moments.iso,
        number=numbers.number,
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


def fragment(name: str, **context: Any) -> Markup:
    """A part of a page: the template drawn with these names alone."""
    return Markup(template(name).render(context))


def page(request: HttpRequest, name: str, status: int = 200, place: str = "", **context: Any) -> HttpResponse:
    """A whole page inside the frame; asked by an open page itself, its living part alone.

    A page asks for its living part again with the header `Part`. `place` is the key of the navigation's
    entry that the page belongs to.
    """
    context["inside"] = "web/part.html" if "part" in request.headers else "web/shell.html"
    context["rail"] = [] if "part" in request.headers else panels.drawn("rail", request)
    return _answer(request, name, status, place=place, **context)


def render_bare(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    """A whole page without the frame: the door, and what is shown when something is wrong."""
    return _answer(request, name, status, **context)


def csrf_field(request: HttpRequest) -> Markup:
    """The hidden field by which a form shows that it is ours."""
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="%s">') % get_token(request)


def _answer(request: HttpRequest, name: str, status: int, **context: Any) -> HttpResponse:
    html = template(name).render(
        request=request,
        person=_who(request),
        language=translation.get_language(),
        csrf=csrf_field(request),
        live=headers.live_address(request),
        **context,
    )
    return HttpResponse(html, status=status)


def _who(request: HttpRequest) -> object:
    """Who is signed in, or None; a fault may come before that is known."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None
