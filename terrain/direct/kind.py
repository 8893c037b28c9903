"""The direct conversation, as a kind."""

from django.utils.translation import pgettext_lazy

from terrain.conversations.kinds import Kind


class Direct(Kind):
    name = "direct"
    label = pgettext_lazy("kind", "Direct")
    together = pgettext_lazy("kind", "Direct")
    icon = "messages-square"
    compose = "new_direct"
    urls = "terrain.direct.urls"
    hue = 18
    order = 90
    titled = False
    offered = False
