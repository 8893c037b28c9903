"""The post, as a kind of conversation."""

from django.utils.translation import pgettext_lazy

from terrain.conversations.kinds import Kind


class Post(Kind):
    name = "post"
    label = pgettext_lazy("kind", "Message")
    together = pgettext_lazy("kind", "Conversations")
    icon = "message-circle"
    compose = "new_post"
    urls = "terrain.posts.urls"
    hue = 10
    order = 10
    titled = False
    marked = False
