"""What browsers ask: the service worker, the manifest, being told here or no longer, answering from a notification."""

from functools import lru_cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terrain.people.organisation import organisation
from terrain.people.request import PersonRequest
from terrain.push import answering, device, jobs, vapid
from terrain.push.browsers import called
from terrain.push.device import OWN, Device
from terrain.push.forms import AnswerForm, DeviceForm
from terrain.web.rendering import asset

FIR, PAPER = "#17603f", "#f8f7f2"


@lru_cache(maxsize=1)
def _worker() -> bytes:
    return Path(__file__).with_name("worker.js").read_bytes()


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: at the top, for a worker's place is as far as it reaches; asked anew each time."""
    return HttpResponse(
        _worker(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"},
    )


@login_not_required
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What a system that installs Terrain on its screen has to know."""
    name = organisation().name
    icons = [("192", "any"), ("512", "any"), ("512-maskable", "maskable")]
    return JsonResponse(
        {
            "id": "/",
            "name": f"{name} · Terrain" if name else "Terrain",
            "short_name": "Terrain",
            "description": _("The intranet of those who work here."),
            "lang": translation.get_language(),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "theme_color": FIR,
            "background_color": PAPER,
            "icons": [
                {
                    "src": asset(f"web/icons/{file}.png"),
                    "type": "image/png",
                    "sizes": "x".join([file[:3]] * 2),
                    "purpose": purpose,
                }
                for file, purpose in icons
            ],
        },
        content_type="application/manifest+json",
        headers={"Cache-Control": "no-cache"},
    )


@require_GET
def token(request: PersonRequest) -> HttpResponse:
    """The token by which the service worker shows, as a form does, that what it sends is ours."""
    return HttpResponse(get_token(request), content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_POST
def devices(request: PersonRequest) -> HttpResponse:
    """This browser is told: for the first time, or found again, with what its push service gives now."""
    form = DeviceForm(request.POST)
    if not form.is_valid():
        sentence = next(iter(form.errors.values()))[0]
        return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")
    own, uid, before = Device.of(request.user), form.cleaned_data["uid"], form.cleaned_data["before"]
    if uid or before:
        found = get_object_or_404(own, uid=uid) if uid else get_object_or_404(own, endpoint=before)
        device.found_again(found, form.subscription)
    else:
        found = device.tell_here(
            request.user,
            form.subscription,
            *called(request.headers.get("user-agent", "")),
            language=translation.get_language() or "",
        )
    request.session[OWN] = str(found.uid)
    return JsonResponse({"uid": str(found.uid), "key": vapid.public_key()}, status=200 if uid else 201)


@require_http_methods(["DELETE"])
def one(request: PersonRequest, uid: str) -> HttpResponse:
    """Be told there no longer."""
    _own(request, uid).delete()
    return redirect("settings")


@require_http_methods(["POST", "DELETE"])
def discretion(request: PersonRequest, uid: str) -> HttpResponse:
    """Say there only that something waits; or who, and the first words."""
    Device.of(request.user).filter(pk=_own(request, uid).pk).update(is_discreet=request.method == "POST")
    return redirect(reverse("settings") + "#devices")


@require_POST
def trial(request: PersonRequest, uid: str) -> HttpResponse:
    """Tell there now, so that one sees how it is."""
    jobs.try_out.defer(device_id=_own(request, uid).pk)
    return redirect(reverse("settings") + f"?tried={uid}#devices")


def _own(request: PersonRequest, uid: str) -> Device:
    found: Device = get_object_or_404(Device.of(request.user), uid=uid)
    return found


@require_POST
def answers(request: PersonRequest) -> HttpResponse:
    """Words typed in a notification, published as an answer; or kept, with why and where one goes on with them."""
    form = AnswerForm(request.POST)
    message = answering.message_of(form["to"].value() or "", request.user)
    if message is None or not form.is_valid():
        raise Http404
    words, key = str(form.cleaned_data["words"] or ""), form.cleaned_data["key"]
    if form.cleaned_data["keep"]:
        kept = answering.keep_words(message, request.user, words, key)
    else:
        kept = answering.answer(message, request.user, words, key)
    if kept is None:
        return HttpResponse(status=204)
    # 409: whoever sent them has to keep them.
    status = 409 if not kept.is_kept else 200 if form.cleaned_data["keep"] else 422
    return JsonResponse({"says": kept.says, "url": kept.url}, status=status)
