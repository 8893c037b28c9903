"""What goes out comes in again as it was: the second archive is the first, byte for byte."""

import gzip
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from terrain.archives import fields
from terrain.archives.taking_in import take_in
from terrain.archives.telling import _words
from terrain.archives.writing_out import write_out
from terrain.conversations.editing import edit
from terrain.conversations.following import unfollow
from terrain.conversations.models import Message
from terrain.conversations.opening import open_conversation
from terrain.conversations.reacting import react
from terrain.conversations.replying import reply
from terrain.conversations.writing import cleaned
from terrain.people.models import Person, Unit
from terrain.spaces.joining import join
from terrain.spaces.models import Openness
from terrain.spaces.opening import open_space
from terrain.web import markup
from tests.archives.lines import empty, read, rows, said, untrue, workshop, write
from tests.cast import Cast

pytestmark = pytest.mark.django_db

RICH = "<h2>Réglage</h2><ul><li>le <strong>four</strong>&nbsp;: 182&nbsp;°C</li><li>la bande</li></ul>"


def lived_in(cast: Cast) -> None:
    """All that can happen in a Terrain, at least once."""
    Unit.objects.create(name="Sans personne", parent=cast.workshop)
    Person.objects.create(name="Sans adresse", zone="Indian/Reunion", theme="dark", password="!")
    Person.objects.filter(pk=cast.ines.pk).update(left_on=date(2026, 6, 30), language="fr")
    first, answer = cast.first(cast.in_open), cast.answer(cast.in_secret)
    for person, emoji in ((cast.loic, "👍"), (cast.ines, "👍"), (cast.ines, "❤️")):
        react(first, person, emoji)
    react(answer, cast.samira, "🙏")
    later = first.written_at + timedelta(hours=1)
    edit(first, cast.samira, "<p>Elle colle depuis mardi.</p>", at=later)
    edit(first, cast.samira, RICH, at=later)
    reply(
        cast.in_open,
        cast.ines,
        cleaned("Ligne 1\nligne 2\n\n<b>tel quel</b> https://example.org/?a=1&b=2"),
        first,
    )
    unfollow(cast.in_open, cast.ines)
    join(cast.closed, cast.marek)
    open_space("Espace vide", "", Openness.OPEN, cast.marek)
    alone = open_conversation(cast.closed, cast.claire, RICH, title="Œuvrer à l’été")
    # Whose account was removed: what they said stays, without a name.
    gone = Person.objects.create(name="Partie", password="!")
    reply(alone, gone, "<p>Au revoir.</p>")
    gone.delete()


def test_export_import_export_gives_the_same_bytes_and_the_same_counts(cast: Cast, tmp_path: Path) -> None:
    lived_in(cast)
    first, second = tmp_path / "first.jsonl.gz", tmp_path / "second.jsonl.gz"
    told = write_out(first)
    before = rows() | {"conversations_reading": 0}
    empty()
    report = take_in(first)
    assert report.skipped == {}
    assert report.came_in == report.new == told
    assert rows() == before
    assert untrue() == {}
    assert write_out(second) == told
    assert second.read_bytes() == first.read_bytes()


def test_nothing_of_it_is_a_password_a_session_or_how_far_somebody_read(cast: Cast, tmp_path: Path) -> None:
    lived_in(cast)
    cast.client(cast.samira)
    Person.objects.update(password="argon2$secret")
    write_out(tmp_path / "all.jsonl")
    records = read(tmp_path / "all.jsonl")
    types = "archive unit person space membership join_request conversation message edit reaction following"
    assert {record["type"] for record in records} == set(types.split())
    fields = {field for record in records for field in record}
    assert not {"password", "last_login", "session", "read", "read_at", "key"} & fields
    assert "argon2" not in (tmp_path / "all.jsonl").read_text()


def test_what_it_says_of_a_message(cast: Cast, tmp_path: Path) -> None:
    lived_in(cast)
    write_out(tmp_path / "all.jsonl")
    records = read(tmp_path / "all.jsonl")
    by_id = {record["id"]: record for record in records if record["type"] == "message"}
    rich = by_id[str(cast.first(cast.in_open).uid)]
    assert rich["html"] == RICH
    assert rich["body"] == "Réglage\nle four\u00a0: 182\u00a0°C\nla bande"
    assert rich["edited_at"] > rich["at"]
    plain = by_id[str(Message.unscoped.get(conversation=cast.in_open, number=3).uid)]
    assert plain["body"] == "Ligne 1\nligne 2\n\n<b>tel quel</b> https://example.org/?a=1&b=2"
    assert "html" not in plain
    assert plain["reply_to"] == rich["id"]
    assert [each["body"] for each in records if each["type"] == "edit"] == [
        "Elle colle depuis lundi, à 182 °C.",
        "Elle colle depuis mardi.",
    ]
    assert [each for each in by_id.values() if each["author"] is None]
    assert {"name": "Sans adresse", "zone": "Indian/Reunion", "theme": "dark"}.items() <= next(
        each.items() for each in records if each.get("name") == "Sans adresse"
    )


def test_packed_or_plain_by_its_name_and_without_the_hour(cast: Cast, tmp_path: Path) -> None:
    write_out(tmp_path / "one.jsonl.gz")
    write_out(tmp_path / "other.gz")
    write_out(tmp_path / "plain.jsonl")
    packed = (tmp_path / "one.jsonl.gz").read_bytes()
    assert packed == (tmp_path / "other.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "plain.jsonl").read_bytes()
    assert (tmp_path / "one.jsonl.gz").stat().st_mode & 0o077 == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["one.jsonl.gz", "other.gz", "plain.jsonl"]


def test_an_empty_terrain_has_its_archive_too(db: None, tmp_path: Path) -> None:
    write_out(tmp_path / "none.jsonl")
    assert (tmp_path / "none.jsonl").read_text() == (
        '{"type":"archive","version":1,"name":"Terrain","complete":true}\n'
    )
    assert take_in(tmp_path / "none.jsonl").skipped == {}


def test_an_archive_from_elsewhere_goes_out_and_in_again(tmp_path: Path) -> None:
    take_in(write(tmp_path / "theirs.jsonl", workshop()))
    write_out(tmp_path / "first.jsonl")
    empty()
    take_in(tmp_path / "first.jsonl")
    write_out(tmp_path / "second.jsonl")
    assert (tmp_path / "first.jsonl").read_bytes() == (tmp_path / "second.jsonl").read_bytes()


def test_the_order_in_which_things_were_said_is_kept_whatever_the_clock_said(tmp_path: Path) -> None:
    early = said("m3", "samira", "2026-03-02T07:00:00Z", body="L’horloge retarde.", number=3)
    lines = workshop()
    lines[5]["number"], lines[6]["number"] = 1, 2
    take_in(write(tmp_path / "theirs.jsonl", [*lines, early]))
    assert Message.unscoped.get(number=3).body == "<p>L’horloge retarde.</p>"
    write_out(tmp_path / "first.jsonl")
    empty()
    take_in(tmp_path / "first.jsonl")
    write_out(tmp_path / "second.jsonl")
    assert (tmp_path / "first.jsonl").read_bytes() == (tmp_path / "second.jsonl").read_bytes()


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)
MARKED = st.lists(
    st.one_of(
        WORDS,
        st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br>", "<li>", "<ul>", "&nbsp;", "&amp;lt;", "\n\n"]),
    ),
    max_size=12,
).map("".join)


@given(st.one_of(WORDS, MARKED, MARKED.map(lambda text: f"<p>{text}</p>")))
@settings(deadline=None, max_examples=200)
def test_whatever_can_be_written_goes_out_and_in_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, body: str
) -> None:
    try:
        html = cleaned(body)
    except ValidationError:
        return
    told = json.loads(json.dumps(_words(html)))
    assert fields.words(told) == html
    assert told["body"] == markup.to_text(html)
