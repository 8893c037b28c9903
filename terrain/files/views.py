"""The door of files: bringing one along, looking at it, taking it away again before anybody reads of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terrain.files import keeping
from terrain.files.models import PICTURES, File
from terrain.files.ranges import part
from terrain.people.request import PersonRequest
from terrain.web.rendering import fragment

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Asked again each time: who may no longer read it is told so.
    "Cache-Control": "private, no-cache",
    # What is compressed already is not compressed again on its way.
    "Content-Encoding": "identity",
}


@require_POST
def bring(request: PersonRequest) -> HttpResponse:
    """Keep a file that a message will name, and answer what stands for it in the form; 422 with what is wrong."""
    sent = request.FILES.get("file")
    if sent is None:
        return _refused(_("No file came along."))
    try:
        kept = keeping.keep(request.user, sent)
    except ValidationError as refused:
        return _refused(" ".join(str(each) for each in refused))
    return HttpResponse(fragment("files/_chosen.html", file=kept))


def _refused(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "DELETE"])
def file(request: PersonRequest, uid: str) -> HttpResponseBase:
    """The file itself, to be kept by who asks; for who brought it, before it hangs on anything, taking it away."""
    found = _found(request, uid)
    if request.method == "GET":
        return _sent(request, found, keeping.PAGE if found.is_picture else keeping.WHOLE, to_keep=True)
    own = get_object_or_404(File.visible_to(request.user).loose().filter(uploader=request.user), pk=found.pk)
    keeping.drop([own])
    return HttpResponse(status=204)


@require_GET
def page(request: PersonRequest, uid: str) -> HttpResponseBase:
    """A picture, or the first page of a PDF, large."""
    return _shown(request, uid, keeping.PAGE)


@require_GET
def small(request: PersonRequest, uid: str) -> HttpResponseBase:
    """The same, as it stands on a page among others."""
    return _shown(request, uid, keeping.SMALL)


def _found(request: PersonRequest, uid: str) -> File:
    return get_object_or_404(File.visible_to(request.user), uid=uid)


def _shown(request: PersonRequest, uid: str, form: str) -> HttpResponseBase:
    found = _found(request, uid)
    if not found.is_shown:
        raise Http404
    return _sent(request, found, form)


def _sent(request: PersonRequest, found: File, form: str, to_keep: bool = False) -> HttpResponseBase:
    headers: dict[str, Any] = HEADERS | {"ETag": f'"{found.uid}-{form}"'}
    if headers["ETag"] == request.headers.get("If-None-Match"):
        return HttpResponseNotModified(headers={name: headers[name] for name in ("ETag", "Cache-Control")})
    if not default_storage.exists(keeping.place(found, form)):
        raise Http404
    content = default_storage.open(keeping.place(found, form))
    if form != keeping.WHOLE:
        shown = found.type if found.is_picture else "image/webp"
        name = f"{found.name.rpartition('.')[0] or found.name}.{PICTURES[shown]}"
        headers["Content-Disposition"] = content_disposition_header(to_keep, name)
        with content:
            return HttpResponse(content.read(), content_type=shown, headers=headers)
    if (asked := request.headers.get("Range")) and (
        some := part(content, found.size, asked, found.type, headers)
    ):
        return some
    return FileResponse(
        content,
        as_attachment=True,
        filename=found.name,
        content_type=found.type,
        headers=headers | {"Accept-Ranges": "bytes"},
    )
