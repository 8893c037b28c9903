"""Acts of power over all of this Terrain, from the command line."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act, stewards_can

BACKED_UP = act("backed up", "download", _("put everything into a backup"))
RESTORED = act("restored", "history", _("brought everything back from a backup"))

stewards_can("history", _("Make a backup, and bring everything back from it"), BACKED_UP, RESTORED)
