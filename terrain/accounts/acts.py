"""Acts of power: what lets somebody in for somebody else."""

from django.utils.translation import gettext_lazy as _

from terrain.people.power import act, stewards_can

LET_IN = act("link printed", "key-round", _("printed a way in for somebody"))

stewards_can("key-round", _("Print a way in for somebody, from the command line"), LET_IN)
