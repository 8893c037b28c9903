"""The page on which a post is written."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from terrain.conversations.composing import compose
from terrain.people.request import PersonRequest
from terrain.posts.kind import Post


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Write a post: where, what, and a title if it has one."""
    return compose(request, Post)
