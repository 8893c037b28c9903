"""The page that says at which addresses one writes by mail in a space, and making new ones."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from terrain.conversations.views import back
from terrain.notifications.addresses import of_space, renew, to_space
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.web.rendering import page


@require_GET
def by_mail(request: PersonRequest, pk: int) -> HttpResponse:
    """One's own address to begin conversations in a space by mail, and the space's; none of who has no address."""
    space = get_object_or_404(Space.readable_by(request.user).living(), pk=pk)
    return page(
        request,
        "mail/by_mail.html",
        place="spaces",
        space=space,
        writes_from=request.user.email,
        own=to_space(request.user, pk),
        plain=of_space(space) if settings.MAIL_TRUSTED else "",
    )


@require_POST
def new_addresses(request: PersonRequest) -> HttpResponse:
    """Make new addresses: those of before lead nowhere from now on."""
    renew(request.user)
    return back(request, reverse("settings"))
