"""Acts of power over ideas: who decides, and when."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act

NAMED = act("decider named", "scale", _("said who decides about the ideas of a space"))
CHANGED = act("decider changed", "scale", _("let somebody else decide about an idea"))
HANDED = act("owed answer handed over", "forward", _("handed over the answer that is owed to an idea"))
EXTENDED = act("owed answer extended", "hourglass", _("took more time to answer an idea"))
FELL_TO = act(
    "owed answer fell",
    "forward",
    _("What somebody owed who is no longer here fell to their manager"),
    is_by_itself=True,
)
