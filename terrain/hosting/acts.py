"""Acts of power: what touches others of what hosts do."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act

BEGAN = act("host began", "hand-heart", _("looks after a space, for six months"))
ENDED = act("host stepped down", "log-out", _("looks after a space no longer"))
PINNED = act("conversation pinned", "pin", _("pinned a conversation on top of its space"))
UNPINNED = act("conversation unpinned", "pin-off", _("unpinned a conversation"))
FOLDED = act("message folded", "split", _("folded a message, as off topic"))
UNFOLDED = act("message unfolded", "undo-2", _("unfolded a message"))
