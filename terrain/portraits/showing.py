"""Showing a picture of oneself, to others than before, or no longer."""

from django.db import transaction

from terrain.files.keeping import drop
from terrain.files.models import File
from terrain.people.models import Person
from terrain.portraits.models import Portrait


def portrait(somebody: Person, reader: Person) -> Portrait | None:
    """What somebody shows of themselves, if it reaches this reader."""
    return Portrait.visible_to(reader).filter(person=somebody).select_related("file").first()


@transaction.atomic
def show(person: Person, audience: str, file: File | None = None) -> None:
    """Show this picture, in the place of the one before, to this audience; without a picture, the same one to it."""
    shown = Portrait.unscoped.filter(person=person)
    if file is None:
        shown.update(audience=audience)
        return
    before = list(File.unscoped.filter(pk__in=shown.values("file")))
    Portrait.unscoped.update_or_create(person=person, defaults={"file": file, "audience": audience})
    drop(before)


@transaction.atomic
def take_away(person: Person) -> None:
    """Show no picture any more; it is erased."""
    drop(list(File.unscoped.filter(pk__in=Portrait.unscoped.filter(person=person).values("file"))))
