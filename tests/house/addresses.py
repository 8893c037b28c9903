"""Every address of the house, as its patterns have it, and what each of their arguments stands for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from terrain.people.models import Person
from terrain.spaces.models import Space
from tests.cast import Cast

ARGUMENT = re.compile(r"([\w-]*)/<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One pattern: its name and its path, such as `spaces/<int:pk>/members`."""

    name: str
    path: str

    @property
    def things(self) -> list[str]:
        """What its arguments stand for: the word before each, `spaces` in `spaces/<int:pk>`."""
        assert self.path.count("<") == len(ARGUMENT.findall(self.path)), f"{self.path} hides an argument"
        return [word for word, _ in ARGUMENT.findall(self.path)]

    def of(self, things: dict[str, object]) -> str:
        """The path with its arguments filled in; a KeyError means that `things` has to learn a new word."""
        return "/" + re.sub(ARGUMENT, lambda found: f"{found[1]}/{things[found[1]]}", self.path)


SCOPED = {"spaces", "conversations", "messages"}
"""What is seen within a scope: an address that names one of these is walked as somebody outside."""


def addresses() -> list[Address]:
    """Every address there is."""
    return list(_found(get_resolver().url_patterns, ""))


def _found(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Address]:
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _found(each.url_patterns, path)
        else:
            assert each.name, f"{path} has no name"
            yield Address(each.name, path)


def things(cast: Cast, space: Space, message_by: Person) -> dict[str, object]:
    """What the arguments of addresses stand for, within this space."""
    conversation = next(
        each for each in (cast.in_open, cast.in_closed, cast.in_secret) if each.space == space
    )
    message = conversation.messages.get(author=message_by)
    return {
        "spaces": space.pk,
        "conversations": conversation.pk,
        "messages": message.pk,
        "people": cast.samira.pk,
        "units": cast.workshop.pk,
        "as": cast.samira.pk,
        "enter": "no-such-token",
    }


def callbacks(resolver: URLResolver) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every address's name, and the view that answers it."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from callbacks(each)
        else:
            yield str(each.name), each.callback
