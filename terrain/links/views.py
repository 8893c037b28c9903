"""Taking away what is shown of the links of one's own message."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from terrain.conversations.models import Message
from terrain.conversations.views import address
from terrain.links.previewing import take_away
from terrain.people.request import PersonRequest


@require_http_methods(["DELETE"])
def previews(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the previews under one's own message no longer."""
    own = Message.visible_to(request.user).standing().filter(author=request.user)
    mine = get_object_or_404(own.select_related("conversation"), pk=pk)
    take_away(mine)
    return redirect(address(mine))
