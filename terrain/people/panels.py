"""Where people are found from everywhere."""

from django.utils.translation import pgettext_lazy

from terrain.web import shell

shell.add(shell.Place("people", pgettext_lazy("place", "Directory"), "users", "people", order=60))
