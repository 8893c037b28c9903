"""What a host can do: all of it, as it is shown to everybody. No power here is over anybody's words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Power:
    """One thing that a host can do: its icon, its name and what it means."""

    key: str
    icon: str
    name: str | Promise
    says: str | Promise


POWERS = (
    Power(
        "desk", "inbox", _("Have a desk"), _("What waits in the space, each line with the one thing to do.")
    ),
    Power("welcome", "hand", _("Welcome"), _("See who has just come, and the first words they write.")),
    Power("pin", "pin", _("Pin"), _("Keep three conversations on top of the space, at most.")),
    Power(
        "sum_up",
        "scroll-text",
        _("Sum up"),
        _("Say in a few lines what a long conversation has said; every version stays readable."),
    ),
    Power(
        "fold",
        "split",
        _("Fold"),
        _("Set what leads off topic aside: anybody unfolds it in one press, its author for all."),
    ),
)
MOST = 8
