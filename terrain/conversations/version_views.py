"""The page where somebody says one of their own messages in the other language too."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.views.decorators.http import require_http_methods

from terrain.conversations import versions
from terrain.conversations.forms import VersionForm
from terrain.conversations.models import Message, Version
from terrain.conversations.views import address
from terrain.people.request import PersonRequest
from terrain.web.refusing import Refused
from terrain.web.rendering import page


@require_http_methods(["GET", "POST", "DELETE"])
def version(request: PersonRequest, pk: int) -> HttpResponse:
    """Say it in the other language, or in one again; nobody else's message can be found here."""
    mine = get_object_or_404(
        Message.visible_to(request.user).standing().select_related("conversation"),
        pk=pk,
        author=request.user,
    )
    if request.method == "DELETE":
        versions.say_once(mine, request.user)
        return redirect(address(mine))
    there = Version.objects.filter(message=mine).first()
    form, status = VersionForm(request.POST or None, initial=_begun(mine, there)), 422
    if request.method == "POST" and form.is_valid():
        try:
            versions.say_also(mine, request.user, form.cleaned_data["language"], form.cleaned_data["body"])
            return redirect(address(mine))
        except Refused as refused:
            form.add_error("body", str(refused))
            status = refused.status
    return page(
        request,
        "conversations/version.html",
        status=status if form.errors else 200,
        message=mine,
        form=form,
        is_there=there is not None,
        languages=settings.LANGUAGES,
    )


def _begun(mine: Message, there: Version | None) -> dict[str, str]:
    if there:
        return {"language": there.language, "body": there.body}
    return {"language": versions.other_than(mine.language or translation.get_language() or "en")}
