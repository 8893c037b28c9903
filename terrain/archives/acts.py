"""Acts of power: what takes everything out."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act, stewards_can

EXPORTED = act("exported", "download", _("wrote everything into an archive"))
EXPORTED_FOR = act("exported for somebody", "download", _("wrote what somebody may read into an archive"))

stewards_can("download", _("Take out, from the command line, all that is not direct"), EXPORTED, EXPORTED_FOR)
