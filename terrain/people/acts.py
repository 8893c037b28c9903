"""Acts of power: who keeps this Terrain running."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act, stewards_can

STEWARD = act("steward", "key-round", _("made somebody a steward"))
STEWARD_NO_MORE = act("steward no more", "log-out", _("made somebody a steward no longer"))

stewards_can("key-round", _("Say who else keeps this Terrain running"), STEWARD, STEWARD_NO_MORE)
