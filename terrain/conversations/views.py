"""The pages of what is said: the feed, a conversation, and the gestures on its messages."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from markupsafe import Markup

from terrain.conversations import (
    answering,
    editing,
    parts,
    quoting,
    reading,
    replying,
    resuming,
    thread,
    withdrawing,
)
from terrain.conversations.cards import cards
from terrain.conversations.feed import feed as feed_of
from terrain.conversations.feed import in_space
from terrain.conversations.forms import MessageForm
from terrain.conversations.heading import heading
from terrain.conversations.kinds import kinds
from terrain.conversations.lines import lines
from terrain.conversations.message import MessageQuerySet
from terrain.conversations.models import Conversation, Message
from terrain.conversations.parts import Carried
from terrain.conversations.voices import voices
from terrain.people.request import PersonRequest
from terrain.spaces.models import JoinRequest, Space
from terrain.spaces.settling import is_settling
from terrain.web import asked
from terrain.web.panels import drawn
from terrain.web.refusing import Refused
from terrain.web.rendering import csrf_field, fragment_once, page, url

COMES_BACK = {"draft", "template", "reply_to", "passage"}
"""What an address says of a reply that is written: without any of them, its form is empty."""

gesture = require_http_methods(["POST", "DELETE"])


@require_GET
def feed(request: PersonRequest) -> HttpResponse:
    """What is new in one's spaces."""
    found = feed_of(request.user, request.GET.get("before", ""))
    return page(
        request,
        "conversations/feed.html",
        place="feed",
        cards=cards(found.listed, request.user, request.organisation.epoch),
        after=found.after,
        kinds=kinds(),
        top=drawn("feed-top", request),
        aside=drawn("feed-aside", request),
    )


@require_GET
def space(request: PersonRequest, pk: int) -> HttpResponse:
    """A space: what is said there; of a closed one that is not one's own, its name and the way to ask."""
    spaces = (
        Space.visible_to(request.user)
        .seen_by(request.user)
        .select_related("opened_by", "archiving__person", "handover", "closing__person", "of_unit__unit")
    )
    here = get_object_or_404(spaces, pk=pk)
    readable = here.is_readable
    found = in_space(pk, request.user, request.GET.get("before", ""), readable)
    return page(
        request,
        "conversations/space.html",
        place="spaces",
        space=here,
        settling=is_settling(here),
        belongs=here.belongs,
        readable=readable,
        asked=not readable and JoinRequest.objects.filter(space=here, person=request.user).exists(),
        cards=cards(found.listed, request.user, request.organisation.epoch),
        after=found.after,
        faces=list(here.memberships.select_related("person")[:5]) if readable else [],
        kinds=kinds(),
        acts=drawn("space-acts", request, here),
        top=drawn("space-top", request, here),
        aside=drawn("space-aside", request, here),
    )


@require_GET
def conversation(request: PersonRequest, pk: int) -> HttpResponse:
    """A conversation, where its reader is in it."""
    return conversation_page(request, pk)


def conversation_page(
    request: PersonRequest,
    pk: int,
    form: MessageForm | None = None,
    carried: Carried | None = None,
    status: int = 422,
) -> HttpResponse:
    """The page of a conversation; with a form that was refused, that form at its foot, and 422 or another status."""
    opened = thread.find(pk, request.user)
    if opened is None:
        raise Http404
    window = thread.window(
        opened,
        _number(request, "around"),
        _number(request, "from"),
        to_end="end" in request.GET,
        since=_number(request, "since"),
    )
    epoch = request.organisation.epoch
    return page(
        request,
        "conversations/conversation.html",
        status=status if form else 200,
        opened=opened,
        window=window,
        heading=heading(opened, request.user, epoch),
        tuning=fragment_once("conversations/_tuning.html", pk=pk, follows=opened.follows),
        lines=lines(opened, window, request.user, epoch),
        answering=_answering(request, opened, form, carried),
        voices=voices(opened, epoch),
        aside=drawn("conversation-aside", request, opened),
    )


def _answering(
    request: PersonRequest, opened: thread.Opened, form: MessageForm | None, carried: Carried | None
) -> Markup:
    pk = opened.id
    if opened.is_archived and form is None:
        return answering.archived(opened)
    where, token = url("messages", pk), csrf_field(request)
    people = url("conversation_people", pk)
    if form is None and not (opened.is_begun or COMES_BACK & request.GET.keys()):
        return answering.empty(where, token, people)
    begun = resuming.nothing() if form else resuming.begun(request, conversation=pk)
    form = form or MessageForm(initial=begun.held(MessageForm))
    given = request.GET.get("reply_to", form.written("reply_to"))
    reply_to = asked.number(str(given))
    passage = request.GET.get("passage", form.written("passage"))
    replied = thread.quoted(reply_to, pk, str(passage or "")) if reply_to else None
    carried = carried or begun.carried(request, replying=True)
    return answering.begun(where, token, form, replied, carried, begun.note, people)


@require_POST
def messages(request: PersonRequest, pk: int) -> HttpResponse:
    """Reply."""
    here = get_object_or_404(Conversation.visible_to(request.user), pk=pk)
    carried = parts.carried(request.POST, request.FILES, request.user, replying=True)
    form = MessageForm(request.POST, carried=carried)
    if not all([form.is_valid(), parts.are_valid(carried)]):
        return conversation_page(request, pk, form, carried)
    to = Message.visible_to(request.user).filter(conversation=here, pk=form.cleaned_data["reply_to"]).first()
    try:
        message = replying.reply(
            here,
            request.user,
            form.cleaned_data["body"],
            reply_to=to,
            key=form.cleaned_data["key"],
            then=lambda message: parts.keep(message, carried),
            passage=form.cleaned_data["passage"],
        )
    except Refused as refused:
        form.add_error("body", str(refused))
        return conversation_page(request, pk, form, carried, refused.status)
    return redirect(address(message))


@require_GET
def message(request: PersonRequest, pk: int) -> HttpResponse:
    """A message's own address leads to it, in its conversation."""
    found = get_object_or_404(Message.visible_to(request.user), pk=pk)
    return redirect(address(found))


@require_POST
def readings(request: PersonRequest, pk: int) -> HttpResponse:
    """The page says how far its reader has read."""
    here = get_object_or_404(Conversation.visible_to(request.user), pk=pk)
    number = asked.number(request.POST.get("number"))
    if number is None or not 1 <= number <= here.message_count:
        return HttpResponse(status=422)
    reading.read_up_to(here, request.user, number)
    return (
        HttpResponse(status=204)
        if request.POST.get("quietly")
        else back(request, reverse("conversation", args=[pk]))
    )


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Say one's own words otherwise; nobody else's message can be found here."""
    mine = get_object_or_404(_own(request).standing(), pk=pk)
    form, status = MessageForm(request.POST or None, initial={"body": mine.body}), 422
    if request.method == "POST" and form.is_valid():
        try:
            editing.edit(mine, request.user, form.cleaned_data["body"])
            return redirect(address(mine))
        except Refused as refused:
            form.add_error("body", str(refused))
            status = refused.status
    return page(
        request, "conversations/edit.html", status=status if form.errors else 200, message=mine, form=form
    )


@require_http_methods(["GET", "POST"])
def withdrawal(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one's own words back, once it was said what that does; nobody else's message can be found here."""
    mine = get_object_or_404(_own(request).filter(withdrawal=None), pk=pk)
    if request.method == "POST":
        here = withdrawing.withdraw(mine, request.user)
        return redirect("conversation", here.pk) if here else redirect("feed")
    return page(request, "conversations/withdraw.html", message=mine, is_answered=mine.is_answered())


@require_GET
def passages(request: PersonRequest, pk: int) -> HttpResponse:
    """The passages of a message, to quote one of them."""
    found = get_object_or_404(
        Message.visible_to(request.user).standing().select_related("conversation", "author"), pk=pk
    )
    return page(request, "conversations/passages.html", message=found, passages=quoting.passages(found.body))


@require_GET
def edits(request: PersonRequest, pk: int) -> HttpResponse:
    """What a message said before."""
    found = get_object_or_404(
        Message.visible_to(request.user).standing().select_related("conversation", "author"), pk=pk
    )
    return page(request, "conversations/edits.html", message=found, edits=list(found.edits.all()))


@require_GET
def message_acts(request: PersonRequest, pk: int) -> HttpResponse:
    """What else can be done with a message."""
    found = get_object_or_404(
        Message.visible_to(request.user).select_related("conversation__space", "author"), pk=pk
    )
    return _acts(request, "message-acts", found, found.conversation.title, address(found))


@require_GET
def conversation_acts(request: PersonRequest, pk: int) -> HttpResponse:
    """What else can be done with a conversation."""
    here = get_object_or_404(Conversation.visible_to(request.user).select_related("space", "author"), pk=pk)
    return _acts(request, "conversation-acts", here, here.title, reverse("conversation", args=[pk]))


def _acts(request: PersonRequest, shelf: str, thing: object, title: str, to: str) -> HttpResponse:
    return page(request, "conversations/acts.html", title=title, to=to, acts=drawn(shelf, request, thing))


def _own(request: PersonRequest) -> MessageQuerySet:
    """One's own messages, where one may still read them."""
    return Message.visible_to(request.user).filter(author=request.user).select_related("conversation")


def address(message: Message) -> str:
    """A message's place in the page of its conversation."""
    path = reverse("conversation", args=[message.conversation_id])
    return f"{path}?around={message.number}#m{message.number}"


def back(request: PersonRequest, to: str) -> HttpResponse:
    """Return to the page of this site that the gesture was made on, else to where it belongs.

    A page that makes the gesture by itself is only told that it is done, and asks for its living part again.
    """
    if "part" in request.headers:
        return HttpResponse(status=204)
    came_from = request.headers.get("referer", "")
    site = f"{request.scheme}://{request.get_host()}/"
    return redirect(came_from if came_from.startswith(site) else to)


def _number(request: PersonRequest, name: str) -> int | None:
    return asked.number(request.GET.get(name))
