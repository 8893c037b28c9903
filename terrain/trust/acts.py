"""Acts of power over all of this Terrain, from the command line."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act

BACKED_UP = act("backed up", "download", _("put everything into a backup"), is_stewards=True)
RESTORED = act("restored", "history", _("brought everything back from a backup"), is_stewards=True)
