"""The kinds of conversation there are: each a class in the `kind` module of its own folder, found at the start."""

from typing import ClassVar

from django.utils.functional import Promise


class Kind:
    """One sort of conversation. A subclass is registered by being written.

    `compose` is the name of the page on which one is begun; `urls` the dotted name of its addresses, so that this
    module imports no view.
    """

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    together: ClassVar[str | Promise]
    """What several of them are called."""
    icon: ClassVar[str]
    compose: ClassVar[str]
    urls: ClassVar[str]
    form: ClassVar[str] = "terrain.conversations.composing.OpeningForm"
    """The dotted name of what is asked of who begins one: an `OpeningForm`, with fields of its own where it has any."""
    order: ClassVar[int] = 50
    hue: ClassVar[int] = 10
    """The hue of its mark, 0 to 23, in steps of 15 degrees."""
    titled: ClassVar[bool] = True
    """Whether it needs a title; a post takes its first words."""
    offered: ClassVar[bool] = True
    """Whether the feed and a space offer to begin one."""
    marked: ClassVar[bool] = True
    """Whether a conversation of this kind shows its mark in lists; a plain post does not."""

    comes_first: ClassVar[bool] = False
    """Whether, in the digest of what somebody has not read, it comes before the others."""

    def __init_subclass__(cls) -> None:
        if cls.name in _kinds:
            raise ValueError(f"two kinds are called {cls.name}")
        _kinds[cls.name] = cls


_kinds: dict[str, type[Kind]] = {}


def kinds() -> tuple[type[Kind], ...]:
    """Every kind that the feed and a space offer to begin, in order."""
    return tuple(
        sorted((kind for kind in _kinds.values() if kind.offered), key=lambda kind: (kind.order, kind.name))
    )


def all_kinds() -> tuple[type[Kind], ...]:
    """Every kind there is."""
    return tuple(_kinds.values())


def kind(name: str) -> type[Kind] | None:
    """The kind of this name; None for one whose folder is no longer there."""
    return _kinds.get(name)
