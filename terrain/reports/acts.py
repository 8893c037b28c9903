"""Acts of power: over what somebody said, never into it."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act, stewards_can
from terrain.reports.reasons import Reason

REASONS = {each.value: each.label for each in Reason}

SET_ASIDE = act("set aside", "eye-off", _("set a message aside, for a day"), reasons=REASONS)
CONFIRMED = act(
    "setting aside confirmed", "eye-off", _("confirmed that a message is set aside"), reasons=REASONS
)
GIVEN_BACK = act("message given back", "undo-2", _("gave a message back its place"), reasons=REASONS)
CAME_BACK = act(
    "message came back",
    "undo-2",
    _("A message came back by itself: nobody confirmed that it was set aside"),
    is_by_itself=True,
    reasons=REASONS,
)
NOT_HEARD = act(
    "appeal not heard",
    "undo-2",
    _("A message came back by itself: nobody answered the appeal of its author"),
    is_by_itself=True,
    reasons=REASONS,
)
UPHELD = act(
    "appeal refused",
    "scale",
    _("looked at it again, and left a message set aside"),
    reasons=REASONS,
)
REVERSED = act(
    "appeal granted", "scale", _("looked at it again, and gave a message back its place"), reasons=REASONS
)

stewards_can(
    "eye-off",
    _("Set aside, with a second person, a message that they read"),
    SET_ASIDE,
    CONFIRMED,
    GIVEN_BACK,
)
stewards_can("scale", _("Hear the appeal of who wrote it, against two others"), UPHELD, REVERSED)
