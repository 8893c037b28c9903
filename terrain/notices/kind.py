"""The notice, as a kind of conversation."""

from django.utils.translation import pgettext_lazy

from terrain.conversations.kinds import Kind


class Notice(Kind):
    name = "notice"
    label = pgettext_lazy("kind", "Notice")
    together = pgettext_lazy("kind", "Notices")
    icon = "megaphone"
    comes_first = True
    compose = "new_notice"
    urls = "terrain.notices.urls"
    form = "terrain.notices.forms.NoticeForm"
    hue = 4
    order = 80
