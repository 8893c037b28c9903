"""What is said to whoever follows a search in which there is something new."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from terrain.people.concerning import Words, said_by
from terrain.people.models import Person
from terrain.search.saved import SavedSearch
from terrain.web.rendering import url


@said_by("search", gettext_lazy("Searches that you follow"))
def found(person: Person, things: Collection[int]) -> Mapping[int, Words]:
    """That something new is found by it; what, is on the page of one's searches."""
    own = SavedSearch.objects.filter(pk__in=things, person=person)
    says = _("Something new is found by “%(words)s”")
    return {each.pk: Words(says % {"words": each.words}, "", url("saved_searches")) for each in own}
