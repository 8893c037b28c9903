"""An archive comes in whole, once, and true; what is here already stays as it is."""

from pathlib import Path

import pytest
from django.test import Client
from markupsafe import escape

from terrain.archives.taking_in import take_in
from terrain.conversations.models import Conversation, Edit, Following, Message, Reaction
from terrain.conversations.reacting import react, take_back
from terrain.conversations.replying import reply
from terrain.people.models import Organisation, Person, Unit
from terrain.spaces.joining import leave
from terrain.spaces.models import JoinRequest, Membership, Space
from tests.archives.lines import UBUNTU, rows, said, untrue, workshop, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "archive.jsonl"


@pytest.mark.skipif(not UBUNTU.exists(), reason=f"{UBUNTU.name} is not beside the project")
def test_twelve_years_of_a_channel_come_in_to_the_digit_and_only_once() -> None:
    report = take_in(UBUNTU)
    counts = {"person": 6372, "space": 14, "conversation": 9164, "message": 59827, "reply": 50563}
    assert dict(report.came_in) == counts
    assert report.new == report.came_in
    assert report.skipped == {}
    words = "6,372 people, 14 spaces, 9,164 conversations, 59,827 messages, 50,563 reply links"
    assert words in report.as_text()
    assert Message.unscoped.exclude(reply_to=None).count() == 50563
    assert untrue() == {}

    member = Person.objects.get(name="ActionParsnip")
    client = Client()
    client.force_login(member)
    latest = Conversation.visible_to(member).filter(space__memberships__person=member).by_activity()[:1].get()
    assert str(escape(latest.title)) in client.get("/").content.decode()

    before = rows()
    again = take_in(UBUNTU)
    assert dict(again.came_in) == counts
    assert dict(again.new) == {}
    assert rows() == before


def test_who_writes_becomes_a_member_and_follows_where_the_archive_tells_of_neither(file: Path) -> None:
    report = take_in(write(file, workshop()))
    assert (report.belonging, report.following) == (2, 2)
    assert Membership.objects.count() == 2
    assert Following.objects.count() == 2
    assert untrue() == {}


def test_where_the_archive_tells_of_members_and_followers_there_are_no_others(file: Path) -> None:
    told = [
        {"type": "membership", "space": "vie", "person": "loic", "at": "2026-01-05T08:00:00Z"},
        {"type": "following", "conversation": "c", "person": "loic", "at": "2026-03-02T08:30:00Z"},
    ]
    take_in(write(file, workshop() + told))
    assert [each.person.name for each in Membership.objects.select_related("person")] == ["Loïc Morvan"]
    assert [each.person.name for each in Following.objects.select_related("person")] == ["Loïc Morvan"]


def test_a_complete_archive_makes_nobody_a_member(file: Path) -> None:
    lines = workshop()
    lines[0]["complete"] = True
    take_in(write(file, lines))
    assert not Membership.objects.exists()
    assert not Following.objects.exists()


def test_units_managers_and_the_organisation_come_in(file: Path) -> None:
    lines = workshop()
    lines[0]["organisation"] = "Ateliers Rivoire"
    lines[2]["left_on"] = "2026-06-30"
    report = take_in(write(file, lines))
    loic = Person.objects.get(name="Loïc Morvan")
    assert loic.manager == Person.objects.get(email="samira@atelier.example")
    assert loic.unit is not None
    assert loic.unit.parent == Unit.objects.get(name="Production")
    assert report.new["unit"] == 2
    assert str(loic.left_on) == "2026-06-30"
    assert not loic.has_usable_password()
    assert Organisation.objects.get().name == "Ateliers Rivoire"


def test_messages_are_numbered_by_their_hour_then_by_their_line(file: Path) -> None:
    lines = workshop()
    late = said("m5", "loic", "2026-03-02T12:00:00Z", body="Le dernier.")
    between = [said(id, "samira", "2026-03-02T08:10:00Z", body=id) for id in ("m3", "m4")]
    take_in(write(file, [*lines[:6], late, *between, lines[6]]))
    bodies = Message.unscoped.order_by("number").values_list("number", "body")
    assert [body for _, body in bodies] == [
        "<p>Elle chauffe depuis lundi.</p>",
        "<p>m3</p>",
        "<p>m4</p>",
        "<p>La sonde est décalée.</p>",
        "<p>Le dernier.</p>",
    ]
    assert [number for number, _ in bodies] == [1, 2, 3, 4, 5]


def test_lines_may_come_in_any_order_after_the_header(file: Path) -> None:
    first, *others = workshop()
    report = take_in(write(file, [first, *reversed(others)]))
    assert report.skipped == {}
    assert (report.new["message"], report.new["reply"]) == (2, 1)
    assert untrue() == {}


def test_html_is_cleaned_and_text_is_not_taken_for_html(file: Path) -> None:
    lines = workshop()
    lines[5]["html"] = '<h1>Alerte</h1><script>x()</script><p onclick="x()">Elle <b>chauffe</b></p>'
    lines[6]["body"] = "<p>tel quel</p>"
    take_in(write(file, lines))
    first, second = Message.unscoped.order_by("number")
    assert first.body == "<h2>Alerte</h2><p>Elle <strong>chauffe</strong></p>"
    assert second.body == "<p>&lt;p&gt;tel quel&lt;/p&gt;</p>"


def test_a_dry_run_tells_the_same_and_writes_nothing(file: Path) -> None:
    write(file, [*workshop(), "{", said("m3", "nobody", "2026-03-02T12:00:00Z", body="?")])
    before = rows()
    dry = take_in(file, dry_run=True)
    assert rows() == before
    real = take_in(file)
    assert (dry.came_in, dry.new, dry.skipped) == (real.came_in, real.new, real.skipped)
    assert "Would come in: 2 people" in dry.as_text()


def test_somebody_of_a_known_address_is_not_a_second_person(file: Path) -> None:
    here = Person.objects.create(name="S. Benali", email="samira@atelier.example", title="Conditionneuse")
    lines = workshop()
    lines[1]["email"] = "Samira@Atelier.example"
    report = take_in(write(file, lines))
    assert (report.by_address, report.new["person"], report.came_in["person"]) == (1, 1, 2)
    assert "1 person was here already, by the same address" in report.as_text()
    here.refresh_from_db()
    assert (here.name, here.title) == ("S. Benali", "Conditionneuse")
    assert Message.unscoped.get(number=1).author == here
    assert Person.objects.get(name="Loïc Morvan").manager == here
    assert take_in(file).new == {}


def test_what_changed_here_since_is_not_undone_by_the_same_archive(file: Path) -> None:
    told = [{"type": "reaction", "message": "m1", "person": "loic", "emoji": "👍"}]
    take_in(write(file, workshop() + told))
    samira, loic = Person.objects.get(name="Samira Benali"), Person.objects.get(name="Loïc Morvan")
    message = Message.unscoped.get(number=1)
    take_back(message, loic, "👍")
    react(message, samira, "🎉")
    leave(Space.unscoped.get(), loic)
    Unit.objects.filter(name="Atelier 2").update(name="Atelier deux")
    before = rows()
    assert take_in(file).new == {}
    assert rows() == before
    assert untrue() == {}


def test_a_fuller_archive_adds_what_is_new_after_what_was_said_here(file: Path) -> None:
    take_in(write(file, workshop()))
    conversation = Conversation.unscoped.get()
    reply(conversation, Person.objects.get(name="Samira Benali"), "<p>Merci !</p>")
    ines = {"type": "person", "id": "ines", "name": "Inès Duarte"}
    more = said("m3", "ines", "2026-03-02T10:00:00Z", body="Changée.", reply_to="m2")
    report = take_in(write(file, [*workshop(), ines, more]))
    assert dict(report.new) == {"person": 1, "message": 1, "reply": 1}
    added = Message.unscoped.get(number=4)
    assert added.body == "<p>Changée.</p>"
    assert added.reply_to == Message.unscoped.get(number=2)
    conversation.refresh_from_db()
    assert (conversation.message_count, conversation.voice_count) == (4, 3)
    assert untrue() == {}


def test_reactions_requests_and_earlier_wordings_come_in(file: Path) -> None:
    told = [
        {"type": "reaction", "message": "m1", "person": "loic", "emoji": "👍", "at": "2026-03-02T08:05:00Z"},
        {"type": "join_request", "space": "vie", "person": "loic", "at": "2026-03-01T08:00:00Z"},
        {"type": "edit", "message": "m1", "body": "Elle chauffe.", "at": "2026-03-02T08:01:00Z"},
    ]
    report = take_in(write(file, workshop() + told))
    assert (report.new["reaction"], report.new["join_request"], report.new["edit"]) == (1, 1, 1)
    assert Reaction.objects.get().emoji == "👍"
    assert JoinRequest.objects.get().person.name == "Loïc Morvan"
    assert Edit.objects.get().body == "<p>Elle chauffe.</p>"


def test_the_same_id_in_another_archive_is_another_record(file: Path) -> None:
    take_in(write(file, workshop()))
    lines = workshop()
    lines[0]["name"] = "Un autre atelier"
    del lines[1]["email"]
    assert take_in(write(file, lines)).new["message"] == 2
    assert Message.unscoped.count() == 4


def test_an_archive_is_known_as_gzip_by_what_it_holds(tmp_path: Path) -> None:
    packed = write(tmp_path / "archive.gz", workshop())
    report = take_in(packed.rename(tmp_path / "archive.jsonl"))
    assert report.new["message"] == 2


def test_a_name_that_is_shown_everywhere_makes_pages_new(file: Path) -> None:
    Organisation.objects.create(name="Atelier", epoch=3)
    take_in(write(file, workshop()))
    assert Organisation.objects.get().epoch == 4
    take_in(file)
    assert Organisation.objects.get().epoch == 4


def test_the_example_of_the_paper_comes_in(file: Path) -> None:
    paper = (Path(__file__).parents[2] / "docs" / "archive-format.md").read_text()
    example = paper.split("```")[1].strip()
    file.write_text(example)
    report = take_in(file)
    assert report.skipped == {}
    assert report.new["message"] == example.count('"message"') == 2
