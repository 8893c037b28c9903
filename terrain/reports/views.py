"""The pages of reports, on three sides: who reports, who wrote it, who decides."""

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from terrain.conversations.message import NotStanding
from terrain.conversations.models import Message, SettingAside
from terrain.people.request import PersonRequest
from terrain.reports import appealing, deciding, figures, report, telling
from terrain.reports.appealing import Appeal
from terrain.reports.forms import AsideForm, SentenceForm, WordsForm
from terrain.reports.handling import role_of
from terrain.reports.reasons import Reason
from terrain.reports.report import Report
from terrain.reports.telling import Word
from terrain.reports.waiting import matters
from terrain.web.panels import drawn
from terrain.web.rendering import page

SHOWN = 50


@require_GET
def reports(request: PersonRequest) -> HttpResponse:
    """What one reported, what waits for one, and what comes of reports in numbers."""
    own = Report.objects.filter(person=request.user).select_related("answered_by", "message__conversation")
    return page(
        request,
        "reports/reports.html",
        place="me",
        own=list(own[:SHOWN]),
        waiting=matters(request.user),
        figures=figures.figures(),
        beside=drawn("reports-aside", request),
    )


@require_http_methods(["POST"])
def reporting(request: PersonRequest, pk: int) -> HttpResponse:
    """Report a message, for one of six reasons."""
    found = get_object_or_404(
        Message.visible_to(request.user).standing().exclude(conversation__space=None), pk=pk
    )
    reason = request.POST.get("reason", "")
    if reason not in Reason.values:
        raise Http404
    made = report.report(found, request.user, Reason(reason))
    return redirect("report", made.pk)


@require_http_methods(["GET", "POST", "DELETE"])
def own_report(request: PersonRequest, pk: int) -> HttpResponse:
    """One's own report: what comes of it, and a sentence more."""
    own = Report.objects.filter(person=request.user).select_related(
        "answered_by", "message__conversation__space"
    )
    made = get_object_or_404(own, pk=pk)
    if request.method == "DELETE":
        get_object_or_404(own.filter(answered_at=None), pk=pk).delete()
        return redirect("reports")
    form = SentenceForm(request.POST or None, initial={"sentence": made.sentence})
    if request.method == "POST" and form.is_valid():
        own.filter(pk=pk, answered_at=None).update(sentence=form.cleaned_data["sentence"])
        return redirect("report", pk)
    here = Message.visible_to(request.user).filter(pk=made.message_id or 0)
    seen = here.select_related("conversation__space").first()
    return page(
        request,
        "reports/report.html",
        status=422 if form.errors else 200,
        place="me",
        report=made,
        message=seen,
        decision=deciding.standing(seen) if seen else None,
        form=form,
    )


@require_GET
def handling(request: PersonRequest, pk: int) -> HttpResponse:
    """What may be decided about a message, for who may: a word to its author, an answer, setting it aside."""
    return _handling(request, _to_decide(request, pk))


@require_POST
def word(request: PersonRequest, pk: int) -> HttpResponse:
    """A word to the author, first."""
    message, form = _to_decide(request, pk), WordsForm(request.POST)
    if not form.is_valid():
        return _handling(request, message, word=form)
    telling.speak(message, request.user, form.cleaned_data["words"])
    return redirect("handling", pk)


@require_POST
def answering(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer whoever reported it: the message stays."""
    message, form = _to_decide(request, pk), WordsForm(request.POST)
    if not form.is_valid():
        return _handling(request, message, answer=form)
    report.answer(message, request.user, form.cleaned_data["words"])
    return redirect("handling", pk)


@require_http_methods(["POST", "DELETE"])
def setting_aside(request: PersonRequest, pk: int) -> HttpResponse:
    """Set a message aside, for a day; or give it back before anybody has confirmed it."""
    message = _to_decide(request, pk)
    if request.method == "DELETE":
        if decision := deciding.standing(message):
            deciding.give_back(decision, request.user)
        return redirect("handling", pk)
    form = AsideForm(request.POST)
    if not form.is_valid():
        return _handling(request, message, aside=form)
    deciding.set_aside(message, request.user, form.cleaned_data["reason"], form.cleaned_data["words"])
    return redirect("handling", pk)


@require_POST
def confirmation(request: PersonRequest, pk: int) -> HttpResponse:
    """A second person confirms that a message is set aside."""
    message, form = _to_decide(request, pk), WordsForm(request.POST)
    if not form.is_valid():
        return _handling(request, message, confirm=form)
    decision = deciding.standing(message)
    if decision is None:
        raise NotStanding
    deciding.confirm(decision, request.user, form.cleaned_data["words"])
    return redirect("handling", pk)


@require_POST
def verdict(request: PersonRequest, pk: int) -> HttpResponse:
    """Somebody else has looked at it again, and says what becomes of it."""
    message, form = _to_decide(request, pk), WordsForm(request.POST)
    if not form.is_valid():
        return _handling(request, message, verdict=form)
    is_granted = request.POST.get("is_granted") == "yes"
    appealing.judge(message, request.user, form.cleaned_data["words"], is_granted=is_granted)
    return redirect("handling", pk)


@require_http_methods(["GET", "POST"])
def appeal(request: PersonRequest, pk: int) -> HttpResponse:
    """One's own words that are set aside, and why; asking once that somebody else looks at them again."""
    kept = get_object_or_404(
        SettingAside.of(request.user).select_related("message__conversation"), message=pk
    )
    decision = get_object_or_404(
        deciding.Decision.objects.select_related("first", "second"), message=pk, ended_at=None
    )
    asked = Appeal.objects.filter(decision=decision).select_related("judge").first()
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        appealing.appeal(kept.message, request.user, form.cleaned_data["words"])
        return redirect("appeal", pk)
    return page(
        request,
        "reports/appeal.html",
        status=422 if form.errors else 200,
        kept=kept,
        decision=decision,
        appeal=asked,
        form=form,
    )


def _to_decide(request: PersonRequest, pk: int) -> Message:
    """The message, for who reads it and may decide about it."""
    found = get_object_or_404(
        Message.visible_to(request.user)
        .filter(withdrawal=None)
        .select_related("author", "conversation__space"),
        pk=pk,
    )
    if role_of(request.user, found) is None:
        raise Http404
    return found


def _handling(request: PersonRequest, message: Message, **refused: Form) -> HttpResponse:
    kept = SettingAside.objects.filter(message=message).first()
    decision = deciding.standing(message)
    asked = list(report.waiting(message))
    forms: dict[str, Form] = {
        "word": WordsForm(initial={"words": telling.first_word(message)}),
        "answer": WordsForm(),
        "aside": AsideForm(initial={"reason": asked[0].reason if asked else ""}),
        "confirm": WordsForm(),
        "verdict": WordsForm(),
    }
    return page(
        request,
        "reports/handling.html",
        status=422 if refused else 200,
        message=message,
        title=kept.title if kept and kept.title else message.conversation.title,
        said=kept.body if kept else message.body,
        reports=asked,
        words=list(Word.objects.filter(message=message).select_related("person")),
        decision=decision,
        appeal=Appeal.objects.filter(decision=decision, judged_at=None).first() if decision else None,
        forms=forms | refused,
        reasons=Reason.choices,
    )
