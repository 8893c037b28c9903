"""What a message carries beside its words: each a part of the form in which it is written, found at the start.

A part lives in an upper folder: a poll, an event, files. It draws its own fields, says by its own form what is wrong
with them, and keeps what they hold in the transaction that writes the message.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from markupsafe import Markup

from terrain.conversations.message import Message
from terrain.people.models import Person

Files: TypeAlias = "MultiValueDict[str, UploadedFile[Any]]"


class Part:
    """One thing that a message can carry. A subclass is registered by being written, and has no state."""

    name: ClassVar[str]
    order: ClassVar[int] = 50
    in_replies: ClassVar[bool] = False
    """Whether a reply can carry it; the message that opens a conversation always can."""

    def __init_subclass__(cls) -> None:
        _parts[cls.name] = cls()

    def draw(self, form: forms.Form | None) -> Markup:
        """Its fields: empty, the same for everybody, where there is no form; else as they were sent, with errors."""
        raise NotImplementedError

    def bind(self, sent: QueryDict, files: Files, person: Person) -> forms.Form | None:
        """Its form with what was sent; None where nothing of it was filled in."""
        raise NotImplementedError

    def keep(self, message: Message, form: forms.Form) -> None:
        """Keep what a valid form holds, for a message that was just written."""
        raise NotImplementedError

    def sign(self, form: forms.Form) -> str:
        """What stands for words where a valid form is all that the message has: an emoji; "" where it needs words."""
        return ""

    def held(self, form: forms.Form) -> Mapping[str, Sequence[str]]:
        """The fields, by name, that stand for what came along with the form as files: nothing, as a rule."""
        return {}


Carried = Mapping[str, forms.Form]
"""What was filled in, by the name of its part."""

_parts: dict[str, Part] = {}


def parts(replying: bool = False) -> Sequence[Part]:
    """Every part that can be carried, in order; those that a reply can, where `replying`."""
    known = sorted(_parts.values(), key=lambda part: (part.order, part.name))
    return [part for part in known if part.in_replies or not replying]


def carried(sent: QueryDict, files: Files, person: Person, replying: bool = False) -> Carried:
    """The forms of the parts that somebody filled in."""
    bound = {part.name: part.bind(sent, files, person) for part in parts(replying)}
    return {name: form for name, form in bound.items() if form is not None}


def are_valid(carried: Carried) -> bool:
    """Whether nothing is wrong with any of them; all are checked, so that all that is wrong is said at once."""
    wrong = [form for form in carried.values() if not form.is_valid()]
    return not wrong


def sign(carried: Carried) -> str:
    """What stands for words where somebody sent none: that of the first part which says enough by itself."""
    signs = (_parts[name].sign(form) for name, form in carried.items() if form.is_valid())
    return next(filter(None, signs), "")


def held(carried: Carried) -> Mapping[str, Sequence[str]]:
    """The fields that stand for what came along as files, so that the form can be sent again without them."""
    return {
        field: values for name, form in carried.items() for field, values in _parts[name].held(form).items()
    }


def drawn(carried: Carried | None = None, replying: bool = False) -> list[Markup]:
    """The fields of every part, with what was sent of them."""
    return [part.draw((carried or {}).get(part.name)) for part in parts(replying)]


def keep(message: Message, carried: Carried) -> None:
    """Keep what the message carries."""
    for name, form in carried.items():
        _parts[name].keep(message, form)
