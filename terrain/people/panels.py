"""Where people are found from everywhere."""

from django.utils.translation import pgettext_lazy

from terrain.web import shell

shell.add(
    shell.Place("people", pgettext_lazy("place", "Directory"), "users", "people", order=60, on_phone=False)
)
shell.add(
    shell.Place(
        "me", pgettext_lazy("place", "Me"), "user", "me", 90, in_nav=False, count=lambda person: person.news
    )
)
