"""Acts of power: what lets somebody in for somebody else."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act

LET_IN = act("link printed", "key-round", _("printed a way in for somebody"), is_stewards=True)
