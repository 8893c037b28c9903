"""The page on which a post is written."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from terrain.conversations.opening import open_conversation
from terrain.people.request import PersonRequest
from terrain.posts.forms import PostForm
from terrain.spaces.models import Space
from terrain.web.rendering import page


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Write a post: where, what, and a title if one has one."""
    person = request.user
    form = PostForm(
        person, request.POST or None, initial={"key": uuid.uuid4(), "space": request.GET.get("space")}
    )
    if request.method == "POST" and form.is_valid():
        written = form.cleaned_data
        conversation = open_conversation(
            written["space"], person, written["body"], title=written["title"], kind="post", key=written["key"]
        )
        return redirect("conversation", conversation.pk)
    spaces = Space.readable_by(person).order_by("-last_activity_at")
    own = set(Space.of(person).values_list("pk", flat=True))
    return page(
        request,
        "posts/new.html",
        status=422 if form.errors else 200,
        place="write",
        form=form,
        own=[space for space in spaces if space.pk in own],
        others=[space for space in spaces if space.pk not in own],
    )
