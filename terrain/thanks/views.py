"""The pages of thanks: thanking somebody, what is one's own to hide, and one's contributions."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from terrain.conversations.models import Message
from terrain.conversations.views import address, back
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.thanks import contributing, reading, thanking
from terrain.thanks.forms import DaysForm, ThanksForm
from terrain.thanks.models import Sharing, Thanks
from terrain.web.panels import drawn
from terrain.web.rendering import page, url

SHOWN = 60


@require_http_methods(["GET", "POST"])
def to_person(request: PersonRequest, pk: int) -> HttpResponse:
    """The thanks that somebody received, and thanking them."""
    somebody = get_object_or_404(Person.objects.all(), pk=pk)
    form = ThanksForm(request.POST or None)
    if request.method == "POST" and _thanked(request, form, somebody, None):
        return redirect("person", pk)
    return page(
        request,
        "thanks/thanks.html",
        status=422 if form.errors else 200,
        place="people",
        somebody=somebody,
        message=None,
        form=form,
        left=thanking.left(request.user) if _may_thank(request.user, somebody) else None,
        thanks=reading.received(somebody, request.user, SHOWN),
    )


@require_http_methods(["GET", "POST"])
def for_message(request: PersonRequest, pk: int) -> HttpResponse:
    """The thanks for a message, and thanking who wrote it."""
    found = get_object_or_404(
        Message.visible_to(request.user)
        .standing()
        .exclude(author=None)
        .select_related("author", "conversation"),
        pk=pk,
    )
    author = found.author
    assert author is not None
    form = ThanksForm(request.POST or None)
    if request.method == "POST" and _thanked(request, form, author, found):
        return redirect(address(found))
    return page(
        request,
        "thanks/thanks.html",
        status=422 if form.errors else 200,
        somebody=author,
        message=found,
        form=form,
        left=thanking.left(request.user) if _may_thank(request.user, author) else None,
        thanks=reading.for_message(found, request.user),
    )


def _may_thank(person: Person, somebody: Person) -> bool:
    return somebody != person and somebody.is_active


def _thanked(request: PersonRequest, form: ThanksForm, somebody: Person, message: Message | None) -> bool:
    """Whether the form was good and somebody is thanked; else the form says what is wrong, and keeps the words."""
    if not form.is_valid():
        return False
    if not _may_thank(request.user, somebody):
        raise Http404
    try:
        thanking.thank(
            request.user,
            somebody,
            form.cleaned_data["words"],
            message,
            form.cleaned_data["private"],
            form.cleaned_data["key"],
        )
    except thanking.TooMany:
        form.add_error(
            "words",
            _("You have thanked five times this week, which is all there is. Keep these words for Monday."),
        )
        return False
    return True


@require_http_methods(["GET", "DELETE"])
def thanks(request: PersonRequest, pk: int) -> HttpResponse:
    """The way to where thanks stand; for who gave them, taking them back."""
    if request.method == "GET":
        found = get_object_or_404(Thanks.visible_to(request.user), pk=pk)
        return redirect("thanks_to", found.receiver_id)
    given = get_object_or_404(Thanks.visible_to(request.user).filter(giver=request.user), pk=pk)
    thanking.take_back(given)
    return back(request, url("person", given.receiver_id))


@require_http_methods(["POST", "DELETE"])
def hiding(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep thanks that one received to oneself, or let them be seen again."""
    own = get_object_or_404(Thanks.visible_to(request.user).filter(receiver=request.user), pk=pk)
    (thanking.hide if request.method == "POST" else thanking.show)(own)
    return back(request, url("me"))


@require_http_methods(["GET", "POST"])
def own_contributions(request: PersonRequest) -> HttpResponse:
    """What came of one's conversations and what one was thanked for: for oneself, until one shares it."""
    since, until = contributing.last_year()
    sent = request.POST if request.method == "POST" else request.GET
    form = DaysForm(sent if "since" in sent or request.method == "POST" else {"since": since, "until": until})
    if form.is_valid():
        since, until = form.cleaned_data["since"], form.cleaned_data["until"]
        if request.method == "POST":
            contributing.share(request.user, since, until)
            return redirect(f"{url('contributions')}?since={since}&until={until}")
    shown = contributing.contributions(request.user, request.user, since, until)
    return page(
        request,
        "thanks/contributions.html",
        status=422 if form.errors else 200,
        place="me",
        form=form,
        shown=shown,
        somebody=request.user,
        days=(since, until),
        sections=drawn("contributions", request, shown.span),
        sharings=list(Sharing.objects.filter(person=request.user).order_by("-made_at", "-pk")),
        site=f"{request.scheme}://{request.get_host()}",
    )


@require_http_methods(["GET", "DELETE"])
def shared_contributions(request: PersonRequest, token: str) -> HttpResponse:
    """Somebody's contributions, as they gave its address: as far as the reader may read what is in it."""
    if request.method == "DELETE":
        get_object_or_404(contributing.shared(token), person=request.user).delete()
        return redirect("contributions")
    sharing = get_object_or_404(contributing.shared(token).select_related("person__unit"))
    shown = contributing.contributions(sharing.person, request.user, sharing.since, sharing.until)
    return page(
        request,
        "thanks/contributions.html",
        form=None,
        shown=shown,
        somebody=sharing.person,
        days=(sharing.since, sharing.until),
        sections=drawn("contributions", request, shown.span),
        sharings=[],
        site="",
    )
