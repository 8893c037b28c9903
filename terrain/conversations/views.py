"""The pages of what is said: the feed, a conversation, and the gestures on its messages."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from markupsafe import Markup

from terrain.conversations import answering, editing, following, reacting, reading, replying, thread
from terrain.conversations.cards import cards
from terrain.conversations.feed import Page, in_space
from terrain.conversations.feed import feed as feed_of
from terrain.conversations.forms import MessageForm, ReactionForm
from terrain.conversations.heading import heading
from terrain.conversations.kinds import kinds
from terrain.conversations.lines import lines
from terrain.conversations.models import Conversation, Message
from terrain.conversations.voices import voices
from terrain.people.request import PersonRequest
from terrain.spaces.joining import is_member
from terrain.spaces.models import JoinRequest, Openness, Space
from terrain.web import asked
from terrain.web.panels import drawn
from terrain.web.rendering import csrf_field, page, url

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
        aside=drawn("feed-aside", request),
    )


@require_GET
def space(request: PersonRequest, pk: int) -> HttpResponse:
    """A space: what is said there; of a closed one that is not one's own, its name and the way to ask."""
    here = get_object_or_404(Space.visible_to(request.user).select_related("opened_by"), pk=pk)
    belongs = is_member(here, request.user)
    readable = belongs or here.openness == Openness.OPEN
    found = in_space(pk, request.user, request.GET.get("before", "")) if readable else Page([], None)
    return page(
        request,
        "conversations/space.html",
        place="spaces",
        space=here,
        belongs=belongs,
        readable=readable,
        asked=not readable and JoinRequest.objects.filter(space=here, person=request.user).exists(),
        cards=cards(found.listed, request.user, request.organisation.epoch),
        after=found.after,
        faces=list(here.memberships.select_related("person")[:5]) if readable else [],
        kinds=kinds(),
        aside=drawn("space-aside", request, here),
    )


@require_GET
def conversation(request: PersonRequest, pk: int) -> HttpResponse:
    """A conversation, where its reader is in it."""
    return conversation_page(request, pk)


def conversation_page(request: PersonRequest, pk: int, form: MessageForm | None = None) -> HttpResponse:
    """The page of a conversation; with a form that was refused, that form at its foot, and 422."""
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
        status=422 if form else 200,
        opened=opened,
        window=window,
        heading=heading(opened, request.user, epoch),
        lines=lines(opened, window, request.user, epoch),
        answering=_answering(request, pk, form),
        voices=voices(opened, epoch),
    )


def _answering(request: PersonRequest, pk: int, form: MessageForm | None) -> Markup:
    reply_to = asked.number(str(form.written("reply_to"))) if form else _number(request, "reply_to")
    replied = thread.quoted(reply_to, pk) if reply_to else None
    where, token = url("messages", pk), csrf_field(request)
    if form is None and replied is None:
        return answering.empty(where, token)
    return answering.begun(where, token, form or MessageForm(), replied)


@require_POST
def messages(request: PersonRequest, pk: int) -> HttpResponse:
    """Reply."""
    here = get_object_or_404(Conversation.visible_to(request.user), pk=pk)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return conversation_page(request, pk, form)
    to = Message.visible_to(request.user).filter(conversation=here, pk=form.cleaned_data["reply_to"]).first()
    message = replying.reply(
        here, request.user, form.cleaned_data["body"], reply_to=to, key=form.cleaned_data["key"]
    )
    return redirect(address(message))


@require_GET
def message(request: PersonRequest, pk: int) -> HttpResponse:
    """A message's own address leads to it, in its conversation."""
    found = get_object_or_404(Message.visible_to(request.user), pk=pk)
    return redirect(address(found))


@gesture
def reactions(request: PersonRequest, pk: int) -> HttpResponse:
    """React to a message, or take one's sign back."""
    found = get_object_or_404(Message.visible_to(request.user).select_related("conversation"), pk=pk)
    form = ReactionForm(request.POST or request.GET)
    if not form.is_valid():
        return HttpResponse(status=422)
    verb = reacting.react if request.method == "POST" else reacting.take_back
    verb(found, request.user, form.cleaned_data["emoji"])
    return back(request, address(found))


@gesture
def followings(request: PersonRequest, pk: int) -> HttpResponse:
    """Follow a conversation, or no longer."""
    here = get_object_or_404(Conversation.visible_to(request.user), pk=pk)
    verb = following.follow if request.method == "POST" else following.unfollow
    verb(here, request.user)
    return back(request, reverse("conversation", args=[pk]))


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
    mine = get_object_or_404(
        Message.visible_to(request.user).filter(author=request.user).select_related("conversation"), pk=pk
    )
    form = MessageForm(request.POST or None, initial={"body": mine.body})
    if request.method == "POST" and form.is_valid():
        editing.edit(mine, request.user, form.cleaned_data["body"])
        return redirect(address(mine))
    return page(
        request, "conversations/edit.html", status=422 if form.errors else 200, message=mine, form=form
    )


@require_GET
def edits(request: PersonRequest, pk: int) -> HttpResponse:
    """What a message said before."""
    found = get_object_or_404(
        Message.visible_to(request.user).select_related("conversation", "author"), pk=pk
    )
    return page(request, "conversations/edits.html", message=found, edits=list(found.edits.all()))


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
