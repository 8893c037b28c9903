"""Why somebody reports a message, and why one is set aside: six reasons, the same for everybody."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Reason(models.TextChoices):
    """What is wrong with it."""

    UNLAWFUL = "unlawful", pgettext_lazy("reason", "Against the law")
    HARASSMENT = "harassment", pgettext_lazy("reason", "Harassment or insult")
    PERSONAL = "personal", pgettext_lazy("reason", "Somebody’s private life")
    CONFIDENTIAL = "confidential", pgettext_lazy("reason", "Confidential")
    SAFETY = "safety", pgettext_lazy("reason", "A danger to safety")
    OTHER = "other", pgettext_lazy("reason", "Something else")


AGAINST_THE_LAW = frozenset({Reason.UNLAWFUL, Reason.HARASSMENT, Reason.PERSONAL})
"""Those that name what no law allows: they do not wait until a conversation has settled."""
