"""The idea, as a kind of conversation."""

from django.utils.translation import pgettext_lazy

from terrain.conversations.kinds import Kind


class Idea(Kind):
    name = "idea"
    label = pgettext_lazy("kind", "Idea")
    together = pgettext_lazy("kind", "Ideas")
    icon = "lightbulb"
    compose = "new_idea"
    urls = "terrain.ideas.urls"
    form = "terrain.ideas.forms.IdeaForm"
    hue = 5
    order = 30
