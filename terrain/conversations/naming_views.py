"""What one may name while one writes, and the pages of topics."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods

from terrain.conversations import emojis, mentioning, tagging
from terrain.conversations.cards import cards
from terrain.conversations.feed import Page, on_topic
from terrain.conversations.models import Conversation, Topic
from terrain.conversations.naming import LONGEST_TOPIC, folded, topic_at
from terrain.people.models import Person
from terrain.people.person import PersonQuerySet
from terrain.people.request import PersonRequest
from terrain.spaces.models import Space
from terrain.web import asked
from terrain.web.rendering import fragment, page

MOST = 8


@require_GET
def readers(request: PersonRequest, pk: int) -> HttpResponse:
    """Who may be named in a conversation: those who may read it."""
    here = get_object_or_404(Conversation.visible_to(request.user).select_related("space"), pk=pk)
    return _people(request, mentioning.readers_of(here))


@require_GET
def space_readers(request: PersonRequest, pk: int) -> HttpResponse:
    """Who may be named in what is begun in a space."""
    here = get_object_or_404(Space.readable_by(request.user), pk=pk)
    return _people(request, mentioning.readers_in(here))


@require_GET
def people(request: PersonRequest) -> HttpResponse:
    """Who may be named where it is not said yet who reads it; or, of these people (`of`), those who are written to."""
    present = Person.objects.present()
    written_to = [pk for each in request.GET.getlist("of") if (pk := asked.number(each))]
    return _people(request, present.filter(pk__in=written_to) if written_to else present)


def _people(request: PersonRequest, readers: PersonQuerySet) -> HttpResponse:
    found = mentioning.suggested(readers, asked.words(request), MOST)
    return HttpResponse(fragment("conversations/_suggested_people.html", people=found))


@require_GET
def topic_names(request: PersonRequest) -> HttpResponse:
    """The topics that begin so."""
    found = tagging.suggested(request.user, asked.words(request, most=LONGEST_TOPIC), MOST)
    return HttpResponse(fragment("conversations/_suggested_topics.html", topics=found))


@require_GET
def emoji_names(request: PersonRequest) -> HttpResponse:
    """The emoji whose names begin so, in either language; the common ones where nothing is typed."""
    language = translation.get_language() or "en"
    signs = emojis.found(asked.words(request))[: 3 * MOST]
    told = [(sign, emojis.named(sign, language)) for sign in signs]
    return HttpResponse(fragment("conversations/_suggested_emojis.html", emojis=told))


@require_GET
def topics(request: PersonRequest) -> HttpResponse:
    """The topics of what one may read."""
    found = list(Topic.objects.said_to(request.user)[:200])
    followed = tagging.followed(found, request.user)
    return page(request, "conversations/topics.html", place="feed", topics=found, followed=followed)


@require_GET
def topic(request: PersonRequest, name: str) -> HttpResponse:
    """What is said about a topic, as far as one may read it; the same for one that nobody names."""
    here = Topic.objects.filter(name=folded(name)).first()
    found = on_topic(here.pk, request.user, request.GET.get("before", "")) if here else Page([], None)
    return page(
        request,
        "conversations/topic.html",
        place="feed",
        topic=here.shown if here and found.listed else name,
        follows=bool(here and tagging.followed([here], request.user)),
        is_topic=topic_at(name, 0) == name,
        cards=cards(found.listed, request.user, request.organisation.epoch),
        after=found.after,
    )


@require_http_methods(["POST", "DELETE"])
def following(request: PersonRequest, name: str) -> HttpResponse:
    """Follow a topic, or no longer; one that nobody has named yet too."""
    if topic_at(name, 0) != name:
        return redirect("topics")
    if request.method == "POST":
        here, _ = Topic.objects.get_or_create(name=folded(name), defaults={"shown": name})
        tagging.follow(here, request.user)
    elif gone := Topic.objects.filter(name=folded(name)).first():
        tagging.unfollow(gone, request.user)
    return redirect("topic", name)
