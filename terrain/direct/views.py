"""The pages of direct conversations: one's own, beginning one, who takes part, leaving."""

import uuid
from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from markupsafe import Markup

from terrain.conversations import parts, resuming
from terrain.conversations.models import Conversation
from terrain.direct import talking
from terrain.direct.forms import DirectForm
from terrain.direct.listing import talks
from terrain.people.models import Person
from terrain.people.request import PersonRequest
from terrain.web import asked
from terrain.web.refusing import Refused
from terrain.web.rendering import page

FOUND = 8


@require_GET
def direct(request: PersonRequest) -> HttpResponse:
    """One's own direct conversations, the latest moved first."""
    own = talks(request.user, request.organisation.epoch)
    return page(request, "direct/direct.html", place="direct", talks=own)


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Write to somebody, or to a few; where the two have talked already, their conversation goes on."""
    person = request.user
    to = _named(request)
    if request.method == "POST":
        carried = parts.carried(request.POST, request.FILES, person)
        form = DirectForm(request.POST, carried=carried)
        is_valid = all([form.is_valid(), parts.are_valid(carried)])
        if not to:
            form.add_error(None, _("Choose who you write to."))
        elif is_valid and len(to) < talking.MOST:
            written = form.cleaned_data
            try:
                begun = talking.begin(
                    *(person, to, written["body"], written["title"], written["key"]),
                    then=lambda message: parts.keep(message, carried),
                )
                return redirect("conversation", begun.pk)
            except Refused as refused:
                form.add_error("body", str(refused))
                return _compose(request, to, form, carried, resuming.nothing().note, refused.status)
        if len(to) >= talking.MOST:
            form.add_error(None, _too_many())
        return _compose(request, to, form, carried, resuming.nothing().note)
    together = talking.with_alone(person, to[0]) if len(to) == 1 and "draft" not in request.GET else None
    if together:
        return redirect(reverse("conversation", args=[together.pk]) + "#write")
    same = {"to": [str(each.pk) for each in to]}
    held = resuming.begun(request, "direct", same=same) if to else resuming.nothing()
    form = DirectForm(initial={"key": uuid.uuid4()} | held.held(DirectForm))
    return _compose(request, to, form, held.carried(request), held.note)


def _compose(
    request: PersonRequest,
    to: Sequence[Person],
    form: DirectForm,
    carried: parts.Carried | None,
    kept: Markup,
    status: int = 422,
) -> HttpResponse:
    words = asked.words(request)
    found = Person.objects.present().exclude(pk__in=[each.pk for each in to]).exclude(pk=request.user.pk)
    return page(
        request,
        "direct/new.html",
        status=status if form.errors else 200,
        place="direct",
        to=to,
        words=words,
        found=list(found.named_like(words)[:FOUND]) if words else [],
        form=form,
        parts=parts.drawn(carried),
        kept=kept,
        people="?".join(
            [reverse("suggested_people"), urlencode({"of": [each.pk for each in to]}, doseq=True)]
        ),
    )


def _named(request: PersonRequest) -> list[Person]:
    """Who is written to: the people named in the address or the form, those who still work here."""
    named = [
        pk for each in request.GET.getlist("to") + request.POST.getlist("to") if (pk := asked.number(each))
    ]
    found = {each.pk: each for each in Person.objects.present().filter(pk__in=named)}
    return [found[pk] for pk in dict.fromkeys(named) if pk in found]


@require_http_methods(["GET", "POST"])
def people(request: PersonRequest, pk: int) -> HttpResponse:
    """Who takes part in a direct conversation; of a group, bringing in somebody more."""
    here = _found(request, pk)
    refused = ""
    if request.method == "POST":
        whom = get_object_or_404(Person.objects.present(), pk=asked.number(request.POST.get("person")) or 0)
        try:
            talking.bring_in(here, whom)
        except talking.TooMany:
            refused = _too_many()
        except talking.BetweenTwo:
            refused = _("What two people said to each other stays between them: write to all three instead.")
        else:
            return redirect("conversation", pk)
    words = asked.words(request)
    taking_part = [each.person for each in here.participations.select_related("person__unit").order_by("pk")]
    candidates = Person.objects.present().exclude(pk__in=[each.pk for each in taking_part])
    return page(
        request,
        "direct/people.html",
        status=422 if refused else 200,
        place="direct",
        conversation=here,
        taking_part=taking_part,
        is_group=len(taking_part) > 2,
        words=words,
        found=list(candidates.named_like(words)[:FOUND]) if words else [],
        refused=refused,
    )


@require_http_methods(["DELETE"])
def leaving(request: PersonRequest, pk: int) -> HttpResponse:
    """Take part no longer."""
    talking.leave(_found(request, pk), request.user)
    return redirect("direct")


def _found(request: PersonRequest, pk: int) -> Conversation:
    here = get_object_or_404(Conversation.visible_to(request.user), pk=pk)
    if here.space_id is not None:
        raise Http404
    return here


def _too_many() -> str:
    return _("A direct conversation holds thirty people: for more, open a space.")
