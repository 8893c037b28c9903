"""Acts of power: what members do to a space that touches all of them."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act

RENAMED = act("space renamed", "pencil", _("renamed a space"))
ARCHIVED = act("space archived", "archive", _("archived a space"))
WOKEN = act("space woken", "archive-restore", _("woke a space"))
ANNOUNCED = act("space to close", "lock", _("announced that a space closes"))
CALLED_OFF = act("space stays open", "lock-open", _("let a space stay open"))
CLOSED = act("space closed", "lock", _("closed a space, as announced"))
OPENED = act("space opened", "lock-open", _("opened a space to all"))
GIVEN = act("space handed over", "hand-helping", _("handed a space over to its members"))
TO_UNIT = act("space given to a unit", "network", _("gave a space to a unit, whose chart brings people in"))
FROM_UNIT = act("space taken from a unit", "network", _("took a space back from a unit"))
