"""The way to write, from everywhere."""

from django.utils.translation import pgettext_lazy

from terrain.web import shell

shell.add(
    shell.Place("write", pgettext_lazy("place", "Write"), "plus", "new_post", 30, in_nav=False, is_main=True)
)
