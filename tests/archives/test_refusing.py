"""What does not come in is named, by its line and in a sentence; the rest comes in."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from terrain.archives.taking_in import take_in
from terrain.conversations.models import Message
from terrain.people.models import Person
from tests.archives.lines import Line, rows, said, untrue, workshop, write

pytestmark = pytest.mark.django_db

AT = "2026-03-02T12:00:00Z"
PERSON = {"type": "person", "id": "ines", "name": "Inès Duarte"}
SPACE = {"type": "space", "id": "paie", "name": "Paie", "openness": "open"}
REACTION = {"type": "reaction", "message": "m1", "person": "loic", "emoji": "👍"}


def message(**fields: object) -> dict[str, Any]:
    told = said("m3", "loic", AT, body="Changée ce matin.") | fields
    return {name: value for name, value in told.items() if value is not ...}


def talk(**fields: object) -> dict[str, Any]:
    told = {
        "type": "conversation",
        "id": "d",
        "space": "vie",
        "kind": "post",
        "title": "Essai",
        "author": "loic",
    }
    told |= {"at": AT} | fields
    return {name: value for name, value in told.items() if value is not ...}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"type": "message", "id": ', "is not JSON"),
        ("[1, 2]", "is not a JSON object"),
        ("[" * 100_000, "is not JSON"),
        (b'{"type": "person", "id": "x", "name": "\xff"}', "is not UTF-8"),
        ('{"type": "person", "id": "x", "name": "\\ud800"}', "characters that no text has"),
        ('{"type": "person", "id": "x", "name": "a\\u0000b"}', "characters that no text has"),
        ({"id": "x"}, "does not say its “type”"),
        ({"type": "poll", "id": "x"}, "knows no records of the type “poll”"),
        ({"type": "attachment", "id": "x", "file": "a.png"}, "does not take in attachments yet"),
        ({"type": "archive", "version": 1, "name": "Atelier"}, "begins once"),
        (PERSON | {"id": ""}, "its “id” is empty"),
        (PERSON | {"id": 12}, "its “id” has to be a text, not a whole number"),
        (PERSON | {"id": "x" * 201}, "its “id” has 201 characters; it may have 200"),
        (PERSON | {"id": "loic"}, "a person of this id stands on line 3 already"),
        (PERSON | {"name": " "}, "its “name” is empty"),
        (PERSON | {"name": "x" * 121}, "its “name” has 121 characters; it may have 120"),
        (PERSON | {"email": "at the mill"}, "“at the mill” is no mail address"),
        (PERSON | {"email": "SAMIRA@atelier.example"}, "the person of line 2 has its address"),
        (PERSON | {"unit": "Paie"}, "its “unit” has to be a list of names, not a text"),
        (PERSON | {"unit": ["Paie", 3]}, "its “unit” has to be a text"),
        (PERSON | {"manager": "nobody"}, "its manager “nobody” is nowhere in this archive"),
        (PERSON | {"manager": "ines"}, "in a circle of managers: “ines” → “ines”"),
        (PERSON | {"left_on": "2026-02-30"}, "its “left_on”, “2026-02-30”, is no day"),
        (PERSON | {"joined_at": "2026-02-01"}, "its “joined_at”, 2026-02-01, has no time zone"),
        (PERSON | {"language": "de"}, "there is no language “de”: it is fr or en"),
        (PERSON | {"zone": "Europe/Lyon"}, "there is no time zone “Europe/Lyon”"),
        ({"type": "unit", "id": "u"}, "its “path” is missing"),
        (SPACE | {"openness": "public"}, "there is no openness “public”: it is open, closed or secret"),
        ({"type": "space", "id": "s", "name": "Paie"}, "its “openness” is missing"),
        (SPACE | {"name": "x" * 61}, "its “name” has 61 characters; it may have 60"),
        (SPACE | {"opened_by": "nobody"}, "its opened_by “nobody” is nowhere in this archive"),
        (SPACE | {"id": "vie"}, "a space of this id stands on line 4 already"),
        ({"type": "membership", "space": "vie", "person": "nobody"}, "its person “nobody” is nowhere"),
        ({"type": "membership", "space": "paie", "person": "loic"}, "its space “paie” is nowhere"),
        ({"type": "join_request", "space": "vie"}, "its “person” is missing"),
        (talk(title=""), "its “title” is empty"),
        (talk(title="x" * 161), "its “title” has 161 characters; it may have 160"),
        (talk(kind="x" * 21), "its “kind” has 21 characters; it may have 20"),
        (talk(author=...), "its “author” is missing"),
        (talk(space="paie"), "its space “paie” is nowhere in this archive"),
        (talk(at="2026-03-02T12:00:00"), "its “at”, 2026-03-02T12:00:00, has no time zone"),
        (talk(), "none of its messages is in this archive"),
        (talk(id="c"), "a conversation of this id stands on line 5 already"),
        (message(id="m1"), "a message of this id stands on line 6 already"),
        (message(author="nobody"), "its author “nobody” is nowhere in this archive"),
        (message(author=7), "its “author” has to be a text, not a whole number"),
        (message(author=...), "its “author” is missing"),
        (message(conversation="d"), "its conversation “d” is nowhere in this archive"),
        (message(reply_to="m9"), "its reply_to “m9” is nowhere in this archive"),
        (message(reply_to="m3"), "its reply_to “m3” is itself"),
        (message(at=...), "its “at” is missing"),
        (
            message(at=1_700_000_000),
            "its “at” has to be a text such as 2026-03-31T14:05:00Z, not a whole number",
        ),
        (message(at="2026-03-02T12:00:00"), "its “at”, 2026-03-02T12:00:00, has no time zone"),
        (message(at="2026-02-30T12:00:00Z"), "its “at”, “2026-02-30T12:00:00Z”, is no date"),
        (message(at="yesterday"), "its “at”, “yesterday”, is no date"),
        (message(at="0001-01-01T00:00:00+14:00"), "is no date"),
        (message(at="9999-12-31T23:59:59Z"), "is not between 1900 and 2199"),
        (message(body=...), "its “body” is missing"),
        (message(body=None), "its “body” has to be a text, not null"),
        (message(body=" \n\u200b"), "its “body” is empty"),
        (message(body="x" * 50_001), "its “body” has 50,001 characters; a message has 50,000 at the most"),
        (message(body="\x00PNG"), "its “body” holds characters that no text has"),
        (message(html="<script>x()</script><p> </p>"), "its “html” is empty"),
        (message(html=f"<p>{'x' * 50_001}</p>"), "its “html” has 50,001 characters"),
        (message(number=0), "its “number” is out of bounds"),
        (REACTION | {"message": "m9"}, "its message “m9” is nowhere in this archive"),
        (REACTION | {"emoji": "x" * 17}, "its “emoji” has 17 characters; it may have 16"),
        (REACTION | {"emoji": "thumbs up"}, "its “emoji”, “thumbs up”, is no emoji"),
        (REACTION | {"emoji": "👍,🎉"}, "is no emoji"),
        ({"type": "following", "conversation": "c", "person": "nobody"}, "its person “nobody” is nowhere"),
        ({"type": "edit", "message": "m1", "body": "Elle chauffe."}, "its “at” is missing"),
        ({"type": "edit", "message": "m9", "body": "Elle chauffe.", "at": AT}, "its message “m9” is nowhere"),
    ],
)
def test_a_line_that_does_not_hold_is_named_and_the_rest_comes_in(
    tmp_path: Path, line: Line, why: str
) -> None:
    lines: list[Line] = [*workshop(), line]
    report = take_in(write(tmp_path / "archive.jsonl", lines))
    assert list(report.skipped) == [8]
    assert why in report.skipped[8]
    assert (report.new["person"], report.new["conversation"], report.new["message"]) == (2, 1, 2)
    assert rows()["conversations_message"] == 2
    assert untrue() == {}


def skipped(tmp_path: Path, lines: list[Line]) -> dict[int, str]:
    return take_in(write(tmp_path / "archive.jsonl", lines)).skipped


def test_a_circle_of_managers_is_named_and_so_are_those_below_and_what_they_said(tmp_path: Path) -> None:
    people = [
        {"type": "person", "id": "a", "name": "A", "manager": "b"},
        {"type": "person", "id": "b", "name": "B", "manager": "c"},
        {"type": "person", "id": "c", "name": "C", "manager": "a"},
        {"type": "person", "id": "below", "name": "Below", "manager": "a"},
        {"type": "person", "id": "lower", "name": "Lower", "manager": "below"},
    ]
    lines: list[Line] = [*workshop(), *people, message(author="lower")]
    circle = "it is in a circle of managers: “a” → “b” → “c” → “a”"
    assert skipped(tmp_path, lines) == {
        **dict.fromkeys((8, 9, 10), circle),
        11: "its manager “a” did not come in (line 8)",
        12: "its manager “below” did not come in (line 11)",
        13: "its author “lower” did not come in (line 12)",
    }
    assert Person.objects.count() == 2


def test_what_depends_on_a_line_that_does_not_come_in_does_not_either(tmp_path: Path) -> None:
    lines: list[Line] = [
        *workshop(),
        message(id="m3", author="nobody"),
        message(id="m4", reply_to="m3"),
        message(id="m5", reply_to="m4"),
        REACTION | {"message": "m5"},
        message(id="m6", reply_to="m2"),
    ]
    assert skipped(tmp_path, lines) == {
        8: "its author “nobody” is nowhere in this archive",
        9: "its reply_to “m3” did not come in (line 8)",
        10: "its reply_to “m4” did not come in (line 9)",
        11: "its message “m5” did not come in (line 10)",
    }
    assert Message.unscoped.count() == 3


@pytest.mark.parametrize(
    "fault", [{"at": "2026-03-02"}, {"body": ""}, {"author": "nobody"}, {"reply_to": "m9"}]
)
def test_a_conversation_without_its_first_message_does_not_come_in(
    tmp_path: Path, fault: dict[str, str]
) -> None:
    opening = message(conversation="d", id="d1", at=AT) | fault
    answer = message(conversation="d", id="d2", at="2026-03-02T12:05:00Z")
    lines: list[Line] = [*workshop(), talk(), opening, answer]
    found = skipped(tmp_path, lines)
    assert sorted(found) == [8, 9, 10]
    assert found[8] == "its first message did not come in (line 9)"
    assert found[10] == "its conversation “d” did not come in (line 8)"
    assert Message.unscoped.count() == 2


def test_a_reply_stays_in_its_conversation(tmp_path: Path) -> None:
    other = [talk(), message(conversation="d", id="d1", reply_to="m1"), message(conversation="d", id="d2")]
    found = skipped(tmp_path, [*workshop(), *other])
    assert found[9] == "its reply_to “m1” is of another conversation (line 6)"


def test_of_a_line_told_twice_the_good_one_counts(tmp_path: Path) -> None:
    lines: list[Line] = [*workshop(), message(body=""), message(), message(body="Encore.")]
    found = skipped(tmp_path, lines)
    assert found == {8: "its “body” is empty", 10: "a message of this id stands on line 9 already"}
    assert Message.unscoped.filter(body="<p>Changée ce matin.</p>").exists()


def test_a_record_and_its_double_under_our_id_are_one(tmp_path: Path) -> None:
    write(tmp_path / "archive.jsonl", workshop())
    take_in(tmp_path / "archive.jsonl")
    uid = str(Message.unscoped.get(number=2).uid)
    found = skipped(tmp_path, [*workshop(), message(id=uid)])
    assert found == {8: "a message of this id stands on line 7 already"}


def test_the_same_gesture_twice_is_refused_once(tmp_path: Path) -> None:
    member = {"type": "membership", "space": "vie", "person": "loic"}
    found = skipped(tmp_path, [*workshop(), REACTION, REACTION, member, member])
    assert found == {
        9: "this person's reaction stands on line 8 already",
        11: "this person is a member of this space by line 10 already",
    }


def test_a_bad_line_before_the_header_does_not_hide_it(tmp_path: Path) -> None:
    assert list(skipped(tmp_path, ["{", *workshop()])) == [1]
    assert Message.unscoped.count() == 2


@pytest.mark.parametrize(
    ("lines", "line", "why"),
    [
        ([], 1, "no line of this file begins an archive"),
        (["%PDF-1.7"], 1, "no line of this file begins an archive"),
        (workshop()[1:], 1, "an archive begins with a line of the type “archive”"),
        ([{"type": "archive", "version": 1}, *workshop()[1:]], 1, "its “name” is missing"),
        ([{"type": "archive", "version": 2, "name": "A"}], 1, "an archive of version 2"),
    ],
)
def test_without_a_header_nothing_comes_in(tmp_path: Path, lines: list[Line], line: int, why: str) -> None:
    report = take_in(write(tmp_path / "archive.jsonl", lines))
    assert list(report.skipped) == [line]
    assert why in report.skipped[line]
    assert set(rows().values()) == {0}


@pytest.mark.parametrize("damage", ["cut", "turned"])
def test_of_a_damaged_gzip_nothing_comes_in(tmp_path: Path, damage: str) -> None:
    many = [message(id=f"n{n}", body=f"Essai {n} à {n * 7919 % 1000} °C") for n in range(500)]
    whole = gzip.compress(write(tmp_path / "plain", [*workshop(), *many]).read_bytes())
    middle = len(whole) // 2
    broken = whole[:middle] if damage == "cut" else whole[:middle] + b"\x00\xff" * 20 + whole[middle + 40 :]
    file = tmp_path / "archive.jsonl.gz"
    file.write_bytes(broken)
    report = take_in(file)
    (why,) = report.skipped.values()
    assert ("ends in the middle" if damage == "cut" else "is damaged") in why
    assert "nothing was taken in" in why
    assert report.came_in == {}
    assert set(rows().values()) == {0}
