"""Acts of power: reading by order of the law what was said directly."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act, stewards_can

ASKED = act("legal order asked", "scale", _("asked to open what was said directly, by legal order"))
OPENED = act("legal order opened", "scale", _("opened what was said directly, by legal order"))
TOLD = act(
    "legal order told",
    "scale",
    _("Those whose direct conversation was opened by legal order were told of it, after a delay"),
    is_by_itself=True,
)

stewards_can(
    "scale",
    _("Read what was said directly, by legal order, with a second person; those who said it are told"),
    ASKED,
    OPENED,
    TOLD,
)
