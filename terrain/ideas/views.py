"""The pages of ideas: all of them, proposing one, standing behind it, answering it, and what is owed."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terrain.conversations.composing import compose
from terrain.conversations.views import back
from terrain.ideas import answer, debt, idea, kind, listing
from terrain.ideas.answer import SHORTEST_NO, Verdict
from terrain.ideas.forms import AnswerForm, DeciderForm, HandingForm, ReasonForm, SupportForm
from terrain.ideas.models import Debt, Decider, Idea
from terrain.people.request import PersonRequest
from terrain.spaces.archiving import refuse_if_archived
from terrain.spaces.care import is_looked_after_by
from terrain.spaces.models import Space
from terrain.web import asked
from terrain.web.rendering import page

LATELY = timedelta(days=365)


@require_GET
def ideas(request: PersonRequest) -> HttpResponse:
    """The ideas that one may read, the latest first: all, or of a state, or of a space with who decides there."""
    state = request.GET.get("state", "")
    here = None
    if (pk := asked.number(request.GET.get("space"))) is not None:
        here = get_object_or_404(Space.readable_by(request.user), pk=pk)
    before = asked.number(request.GET.get("before"))
    state = state if state in listing.STATES else ""
    found, after = listing.listed(request.user, state, pk, before)
    return page(
        request,
        "ideas/ideas.html",
        place="ideas",
        ideas=[(each, *_answered(each)) for each in found],
        now=timezone.now(),
        after=after,
        state=state,
        states=listing.STATES,
        space=here,
        decider=Decider.objects.filter(space=here).select_related("person").first() if here else None,
        looks_after=here is not None and is_looked_after_by(here.pk, request.user),
        median=answer.median_days(timezone.now() - LATELY),
    )


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Propose an idea."""
    return compose(request, kind.Idea)


@require_http_methods(["POST", "DELETE"])
def support(request: PersonRequest, pk: int) -> HttpResponse:
    """Stand behind an idea, with a reason or without; or no longer."""
    here = _idea(request, pk)
    if request.method == "DELETE":
        idea.support_no_more(here, request.user)
    else:
        form = SupportForm(request.POST)
        if not form.is_valid():
            return page(request, "ideas/support.html", status=422, place="ideas", idea=here, form=form)
        idea.support(here, request.user, form.cleaned_data["reason"])
        debt.settle(here)
    return back(request, reverse("conversation", args=[pk]))


@require_http_methods(["GET", "POST"])
def owed_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer an idea, as who decides about it."""
    owed = _debt(request, pk)
    if owed.decider_id != request.user.pk:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        answer.answer(owed, request.user, Verdict(given["verdict"]), given["reason"], given["later_on"])
        return redirect("conversation", pk)
    status = 422 if form.errors else 200
    return page(
        request, "ideas/answer.html", status=status, place="ideas", debt=owed, form=form, least=SHORTEST_NO
    )


@require_http_methods(["GET", "POST"])
def more_time(request: PersonRequest, pk: int) -> HttpResponse:
    """Take more time once, for a reason."""
    owed = _debt(request, pk)
    if owed.decider_id != request.user.pk:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        debt.extend(owed, request.user, form.cleaned_data["reason"])
        return redirect("conversation", pk)
    status = 422 if form.errors else 200
    return page(request, "ideas/more_time.html", status=status, place="ideas", debt=owed, form=form)


@require_http_methods(["GET", "POST"])
def decider(request: PersonRequest, pk: int) -> HttpResponse:
    """Let somebody else decide, once, for a reason."""
    owed = _debt(request, pk)
    if not debt.may_handle(owed, request.user):
        raise Http404
    form = HandingForm(owed.idea.conversation, request.POST or None)
    if request.method == "POST" and form.is_valid():
        debt.hand_over(owed, request.user, form.cleaned_data["to"], form.cleaned_data["reason"])
        return redirect("conversation", pk)
    status = 422 if form.errors else 200
    return page(request, "ideas/decider.html", status=status, place="ideas", debt=owed, form=form)


@require_POST
def space_decider(request: PersonRequest, pk: int) -> HttpResponse:
    """Say who decides about the ideas of a space."""
    here = get_object_or_404(Space.readable_by(request.user), pk=pk)
    refuse_if_archived(pk)
    form = DeciderForm(request.POST)
    if not form.is_valid():
        return page(request, "ideas/space_decider.html", status=422, place="ideas", space=here, form=form)
    debt.name_decider(here, request.user, form.cleaned_data["to"])
    return redirect(f"{reverse('ideas')}?space={pk}")


@require_GET
def owed(request: PersonRequest) -> HttpResponse:
    """What one owes an answer to, the first due first."""
    now = timezone.now()
    return page(request, "ideas/owed.html", place="ideas", debts=debt.owed_by(request.user), now=now)


@require_GET
def late(request: PersonRequest) -> HttpResponse:
    """All that is overdue, of what one may read: who owes it, and for how long."""
    now = timezone.now()
    return page(request, "ideas/late.html", place="ideas", debts=listing.late(request.user, now), now=now)


def _idea(request: PersonRequest, pk: int) -> Idea:
    found = Idea.visible_to(request.user).select_related("conversation__space", "conversation__author")
    return get_object_or_404(found, pk=pk)


def _debt(request: PersonRequest, pk: int) -> Debt:
    """An answer that is owed, to somebody who may read the idea; 404 once it is given."""
    refuse_if_archived(get_object_or_404(Idea.visible_to(request.user), pk=pk).conversation.space_id)
    found = (
        Debt.visible_to(request.user)
        .open()
        .select_related("decider", "idea__conversation__space", "idea__conversation__author")
    )
    return get_object_or_404(found, pk=pk)


def _answered(each: Idea) -> tuple[Debt | None, answer.Answer | None]:
    owed: Debt | None = getattr(each, "debt", None)
    return owed, getattr(owed, "answer", None) if owed else None
