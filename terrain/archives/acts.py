"""Acts of power: what takes everything out."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act

EXPORTED = act("exported", "download", _("wrote everything into an archive"), is_stewards=True)
EXPORTED_FOR = act(
    "exported for somebody", "download", _("wrote what somebody may read into an archive"), is_stewards=True
)
