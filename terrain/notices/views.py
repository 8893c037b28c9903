"""The pages of notices: all of them, with who has read them as a share; and writing one."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from terrain.conversations.composing import compose
from terrain.notices import kind, notice
from terrain.notices.models import Notice
from terrain.people.request import PersonRequest
from terrain.web import asked
from terrain.web.rendering import page

PAGE = 20


@require_GET
def notices(request: PersonRequest) -> HttpResponse:
    """The notices that this person may read, the latest first, and how many are compulsory."""
    found = Notice.visible_to(request.user).select_related("conversation__author", "conversation__space")
    if before := asked.number(request.GET.get("before")):
        found = found.filter(pk__lt=before)
    shown = list(found.order_by("-pk")[: PAGE + 1])
    after = shown[PAGE - 1].pk if len(shown) > PAGE else None
    return page(
        request,
        "notices/notices.html",
        place="notices",
        notices=shown[:PAGE],
        rates=notice.rates(shown[:PAGE]),
        compulsory=notice.compulsory_this_month(),
        most=notice.A_MONTH,
        today=timezone.localdate(),
        after=after,
    )


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Write a notice."""
    return compose(request, kind.Notice)
