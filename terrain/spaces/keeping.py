"""Keeping a space: its name, purpose, rules and menu, changed by any member; each change is undone in one press."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from terrain.people.models import Person
from terrain.people.organisation import every_page_changes
from terrain.people.power import done
from terrain.spaces.acts import RENAMED
from terrain.spaces.archiving import refuse_if_archived
from terrain.spaces.changes import Change, Part
from terrain.spaces.space import Space


class ChangedMeanwhile(Exception):
    """Somebody else has changed it since it was read."""


@transaction.atomic
def change(space: Space, person: Person, words: Mapping[str, str], seen: int | None = None) -> list[Change]:
    """Give parts of a space other words; each part that differs is one line of its history.

    Raises ChangedMeanwhile where one of them was changed after `seen`, the last change that its reader knew of, and
    ArchivedSpace.
    """
    here = Space.unscoped.select_for_update(no_key=True).get(pk=space.pk)
    refuse_if_archived(here.pk)
    if seen is not None and last_change(here, words) > seen:
        raise ChangedMeanwhile
    changes = [
        Change(space=here, part=part, before=getattr(here, part), after=after, person=person)
        for part, after in words.items()
        if getattr(here, part) != after
    ]
    for each in changes:
        setattr(here, each.part, each.after)
        each.save()
    if changes:
        here.save(update_fields=[each.part for each in changes])
    if any(each.part == Part.NAME for each in changes):
        every_page_changes()
        done(RENAMED, person, "space", here.pk)
    return changes


def put_back(undone: Change, person: Person) -> None:
    """Give a part the words that it had before that change."""
    change(undone.space, person, {undone.part: undone.before})


def last_change(space: Space, parts: Iterable[str]) -> int:
    """The number of the last change of any of these parts; 0 where there is none."""
    last = Change.objects.filter(space=space, part__in=list(parts)).first()
    return last.pk if last else 0
