"""Each record as an archive tells it, one function a type, in an order that depends on nothing but the records."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from terrain.archives.header import VERSION
from terrain.archives.reading import Record
from terrain.archives.scope import Scope
from terrain.conversations.naming import unlinked
from terrain.people.models import Organisation, Unit
from terrain.web import markup

AT_ONCE = 2000

Row = TypeVar("Row", bound=Model)


def records(scope: Scope) -> Iterator[Record]:
    """Every record of the scope, its header first; each after those that it names."""
    yield _header()
    paths = _paths()
    yield from _units(scope, paths)
    yield from _people(scope, paths)
    yield from _spaces(scope)
    yield from _memberships("membership", scope.memberships, "joined_at")
    yield from _memberships("join_request", scope.join_requests, "asked_at")
    yield from _conversations(scope)
    yield from _messages(scope)
    yield from _edits(scope)
    yield from _reactions(scope)
    yield from _followings(scope)


def _header() -> Record:
    organisation = Organisation.objects.filter(pk=1).first()
    named: Record = {"organisation": organisation.name} if organisation else {}
    name = organisation.name if organisation else "Terrain"
    return {"type": "archive", "version": VERSION, "name": name, **named, "complete": True}


def _paths() -> dict[int, list[str]]:
    """The units' paths of names from the top."""
    units = {unit.pk: unit for unit in Unit.objects.order_by("pk")}

    def path(unit: Unit) -> list[str]:
        return [*(path(units[unit.parent_id]) if unit.parent_id else []), unit.name]

    return {pk: path(unit) for pk, unit in units.items()}


def _units(scope: Scope, paths: dict[int, list[str]]) -> Iterator[Record]:
    for unit in sorted(scope.units.order_by("pk"), key=lambda unit: paths[unit.pk]):
        told = {"type": "unit", "id": str(unit.uid), "path": paths[unit.pk]}
        yield {**told, "at": _moment(unit.opened_at)}


def _people(scope: Scope, paths: dict[int, list[str]]) -> Iterator[Record]:
    own = scope.person.pk if scope.person else None
    fields = (
        "pk uid name email title unit manager__pk manager__uid joined_at left_on language theme zone".split()
    )
    appearing = None if own is None else set(scope.people.order_by().values_list("pk", flat=True))
    for pk, uid, name, email, title, unit, manager, manager_uid, joined_at, left_on, *settings in _rows(
        scope.people, ("uid",), fields
    ):
        appears = appearing is None or manager in appearing
        # Settings are a person's own business: in somebody's scope there are theirs alone.
        language, theme, zone = settings if own in (None, pk) else ("", "", "")
        yield _without_blanks(
            type="person",
            id=str(uid),
            name=name,
            email=email,
            title=title,
            unit=paths[unit] if unit else None,
            manager=str(manager_uid) if manager and appears else None,
            joined_at=_moment(joined_at),
            left_on=left_on.isoformat() if left_on else None,
            language=language,
            theme=theme,
            zone=zone,
        )


def _spaces(scope: Scope) -> Iterator[Record]:
    fields = "uid name about openness opened_by__uid opened_at".split()
    for uid, name, about, openness, opened_by, opened_at in _rows(scope.spaces, ("opened_at", "uid"), fields):
        yield _without_blanks(
            type="space",
            id=str(uid),
            name=name,
            about=about,
            openness=openness,
            opened_by=str(opened_by) if opened_by else None,
            at=_moment(opened_at),
        )


def _memberships(kind: str, rows: QuerySet[Any], at: str) -> Iterator[Record]:
    order = ("space__opened_at", "space__uid", at, "person__uid")
    for space, person, moment in _rows(rows, order, ["space__uid", "person__uid", at]):
        yield {"type": kind, "space": str(space), "person": str(person), "at": _moment(moment)}


def _conversations(scope: Scope) -> Iterator[Record]:
    fields = "uid space__uid kind title author__uid opened_at".split()
    for uid, space, kind, title, author, opened_at in _rows(
        scope.conversations, ("opened_at", "uid"), fields
    ):
        yield {
            "type": "conversation",
            "id": str(uid),
            "space": str(space),
            "kind": kind,
            "title": title,
            "author": str(author) if author else None,
            "at": _moment(opened_at),
        }


def _messages(scope: Scope) -> Iterator[Record]:
    order = ("conversation__opened_at", "conversation__uid", "number")
    fields = "uid conversation__uid author__uid written_at body edited_at reply_to__uid".split()
    fields += ["reply_to__withdrawal", "reply_to__setting_aside"]
    here, number = None, 0
    for uid, conversation, author, written_at, body, edited_at, reply_to, *gone in _rows(
        scope.messages, order, fields
    ):
        # Counted anew: where a message is no longer there, its number is not told.
        here, number = conversation, number + 1 if conversation == here else 1
        told: Record = {
            "type": "message",
            "id": str(uid),
            "conversation": str(conversation),
            "number": number,
            "author": str(author) if author else None,
            "at": _moment(written_at),
            **_words(body),
        }
        if reply_to and not any(gone):
            told["reply_to"] = str(reply_to)
        if edited_at:
            told["edited_at"] = _moment(edited_at)
        yield told


def _edits(scope: Scope) -> Iterator[Record]:
    order = (*_message_order(), "made_at", "pk")
    for message, body, made_at in _rows(scope.edits, order, ["message__uid", "body", "made_at"]):
        yield {"type": "edit", "message": str(message), "at": _moment(made_at), **_words(body)}


def _reactions(scope: Scope) -> Iterator[Record]:
    order = (*_message_order(), "reacted_at", "person__uid", "emoji")
    fields = "message__uid person__uid emoji reacted_at".split()
    for message, person, emoji, reacted_at in _rows(scope.reactions, order, fields):
        told = {"type": "reaction", "message": str(message), "person": str(person), "emoji": emoji}
        yield {**told, "at": _moment(reacted_at)}


def _followings(scope: Scope) -> Iterator[Record]:
    order = ("conversation__opened_at", "conversation__uid", "followed_at", "person__uid")
    fields = "conversation__uid person__uid followed_at".split()
    for conversation, person, followed_at in _rows(scope.followings, order, fields):
        told = {"type": "following", "conversation": str(conversation), "person": str(person)}
        yield {**told, "at": _moment(followed_at)}


def _message_order() -> tuple[str, ...]:
    return ("message__conversation__opened_at", "message__conversation__uid", "message__number")


def _rows(records: QuerySet[Row], order: tuple[str, ...], fields: list[str]) -> Iterator[tuple[Any, ...]]:
    """The records' fields, a few thousand at a time, so that no memory is too small."""
    return records.order_by(*order).values_list(*fields).iterator(chunk_size=AT_ONCE)


def _words(html: str) -> Record:
    """The words of a message, and its HTML where they do not give it."""
    html = unlinked(html)
    body = markup.to_text(html)
    return {"body": body} if markup.from_text(body) == html else {"body": body, "html": html}


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _without_blanks(**fields: object) -> Record:
    return {name: value for name, value in fields.items() if value not in (None, "")}
