"""Acts of power: who keeps this Terrain running."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act

STEWARD = act("steward", "key-round", _("made somebody a steward"), is_stewards=True)
STEWARD_NO_MORE = act("steward no more", "log-out", _("made somebody a steward no longer"), is_stewards=True)
