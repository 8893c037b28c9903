"""The public log: each act of power once, as it is done, for everybody to read and nobody to change."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, connection, transaction
from django.test import Client

from terrain.accounts.commands import link
from terrain.archives.commands import export_command
from terrain.hosting.hosting import step_down, volunteer
from terrain.hosting.pinning import pin, unpin
from terrain.people.models import Person
from terrain.people.power import act, acts
from terrain.spaces.archiving import archive, wake
from terrain.spaces.by_chart import give_to_unit, take_from_unit
from terrain.spaces.closing import announce_closing, call_off, close_what_is_due, open_up
from terrain.spaces.handing_over import hand_over
from terrain.spaces.keeping import change
from terrain.spaces.models import Space
from terrain.spaces.settling import StillSettling
from terrain.trust.commands import log
from terrain.trust.entry import FIRST, Verdict, record, verify
from terrain.trust.models import Entry
from tests.cast import Cast, let_settle
from tests.house.addresses import said_by

WHY = "Les sondes n’intéressent plus personne."


def written() -> list[tuple[str, int | None, str, int | None, str]]:
    """What the log says, the first entry first."""
    rows = Entry.objects.order_by("number").values_list("act", "actor", "thing", "thing_id", "reason")
    return list(rows)


def page(cast: Cast, reader: Person, query: str = "") -> str:
    """The log, as this person sees it."""
    return cast.client(reader).get(f"/log{query}").content.decode()


def alter(sql: str) -> None:
    """Change the log behind Terrain's back, as only who holds the database can."""
    with connection.cursor() as cursor:
        cursor.execute("alter table trust_entry disable trigger all")
        cursor.execute(sql)
        cursor.execute("alter table trust_entry enable trigger all")


def test_each_act_over_a_space_is_written_with_who_did_it(cast: Cast) -> None:
    space, samira = cast.open, cast.samira
    change(space, samira, {"name": "Sondes", "about": "Tout sur elles."})
    archive(space, samira)
    wake(space, samira)
    announce_closing(space, samira, WHY)
    call_off(space, samira)
    give_to_unit(space, samira)
    take_from_unit(space, samira)
    hand_over(space, samira, "Elles sont à vous.")
    assert written() == [
        (key, samira.pk, "space", space.pk, reason)
        for key, reason in (
            ("space renamed", ""),
            ("space archived", ""),
            ("space woken", ""),
            ("space to close", WHY),
            ("space stays open", ""),
            ("space given to a unit", ""),
            ("space taken from a unit", ""),
            ("space handed over", "Elles sont à vous."),
        )
    ]


def test_what_changes_nothing_is_no_act(cast: Cast) -> None:
    change(cast.open, cast.samira, {"name": cast.open.name, "about": "Autrement dit."})
    wake(cast.open, cast.samira)
    call_off(cast.open, cast.samira)
    take_from_unit(cast.open, cast.samira)
    step_down(cast.open, cast.samira)
    unpin(cast.in_open, cast.samira)
    archive(cast.open, cast.samira)
    archive(cast.open, cast.samira)
    assert [each[0] for each in written()] == ["space archived"]


def test_what_is_refused_or_taken_back_leaves_no_entry(cast: Cast) -> None:
    fresh = Space.unscoped.create(name="Tout neuf", openness="open", opened_by=cast.loic)
    with pytest.raises(StillSettling):
        archive(fresh, cast.samira)
    with transaction.atomic():
        archive(cast.open, cast.samira)
        transaction.set_rollback(True)
    assert written() == []


def test_closing_by_itself_is_written_for_who_announced_it(cast: Cast) -> None:
    closing = announce_closing(cast.open, cast.samira, WHY)
    close_what_is_due(closing.closes_at)
    assert written()[-1] == ("space closed", cast.samira.pk, "space", cast.open.pk, WHY)
    empty = Space.unscoped.create(name="Vide", openness="closed", opened_by=cast.loic)
    open_up(empty, cast.loic)
    assert written()[-1] == ("space opened", cast.loic.pk, "space", empty.pk, "")


def test_what_hosts_do_is_written(cast: Cast) -> None:
    let_settle(cast.in_open)
    volunteer(cast.open, cast.ines)
    pin(cast.in_open, cast.ines)
    pin(cast.in_open, cast.ines)
    unpin(cast.in_open, cast.ines)
    step_down(cast.open, cast.ines)
    assert [(key, thing, pk) for key, _, thing, pk, _ in written()] == [
        ("host began", "space", cast.open.pk),
        ("conversation pinned", "conversation", cast.in_open.pk),
        ("conversation unpinned", "conversation", cast.in_open.pk),
        ("host stepped down", "space", cast.open.pk),
    ]


def test_what_the_command_line_does_is_written_too(cast: Cast, tmp_path: Path) -> None:
    run = CliRunner()
    assert run.invoke(link, [cast.samira.email or ""]).exit_code == 0
    assert run.invoke(export_command, [str(tmp_path / "all.jsonl")]).exit_code == 0
    for_one = [str(tmp_path / "one.jsonl"), "--for", cast.loic.email or ""]
    assert run.invoke(export_command, for_one).exit_code == 0
    assert [(key, actor, thing_id) for key, actor, _, thing_id, _ in written()] == [
        ("link printed", None, cast.samira.pk),
        ("exported", None, None),
        ("exported for somebody", None, cast.loic.pk),
    ]
    assert "The command line" in page(cast, cast.marek)


def test_everybody_reads_it_and_sees_the_names_that_are_theirs_to_see(cast: Cast) -> None:
    change(cast.open, cast.samira, {"name": "Sondes"})
    change(cast.secret, cast.samira, {"name": "Le repreneur"})
    outside = page(cast, cast.marek)
    assert "Samira Benali" in outside
    assert f'href="/spaces/{cast.open.pk}"' in outside
    assert "a space that you do not see" in outside
    assert f'href="/spaces/{cast.secret.pk}"' not in outside
    assert "Le repreneur" not in outside
    assert "Le repreneur" in page(cast, cast.samira)
    guessing = page(cast, cast.marek, f"?space={cast.secret.pk}")
    assert guessing.count('<li class="card" id="e') == 2, "nor which of the acts were done to it"
    assert Client().get("/log").status_code == 302, "to the door"


def test_it_is_read_by_act_by_space_and_page_after_page(cast: Cast) -> None:
    for number in range(60):
        change(cast.open, cast.samira, {"name": f"Sondes {number}"})
    archive(cast.closed, cast.samira)
    latest = page(cast, cast.samira)
    assert latest.count('<li class="card" id="e') == 50
    assert latest.index('id="e61"') < latest.index('id="e60"')
    assert page(cast, cast.samira, "?before=12").count('<li class="card" id="e') == 11
    assert page(cast, cast.samira, "?act=space+archived").count('<li class="card" id="e') == 1
    assert page(cast, cast.samira, f"?space={cast.closed.pk}").count('<li class="card" id="e') == 1
    for nonsense in ("?act=%00", "?act=xyzzy", "?space=0", "?before=-3", "?before=xyzzy"):
        assert cast.client(cast.samira).get(f"/log{nonsense}").status_code == 200


def test_the_table_holds_all_of_it_and_no_formula(cast: Cast) -> None:
    announce_closing(cast.open, cast.samira, "=HYPERLINK(0)")
    change(cast.secret, cast.samira, {"name": "Le repreneur"})
    text = said_by(cast.client(cast.marek).get("/log.csv")).removeprefix("\ufeff")
    head, first, second = csv.reader(io.StringIO(text))
    told = dict(zip(head, first, strict=True))
    assert (told["number"], told["act"], told["who"]) == ("1", "space to close", "Samira Benali")
    assert told["reason"] == "'=HYPERLINK(0)"
    assert told["hash"] == Entry.objects.get(number=1).hash
    assert dict(zip(head, second, strict=True))["on"] == "a space that you do not see"


def test_a_feed_reader_finds_it_at_an_address_of_ones_own(cast: Cast) -> None:
    change(cast.secret, cast.samira, {"name": "Le repreneur"})
    announce_closing(cast.open, cast.samira, WHY)
    address = page(cast, cast.marek).split('href="/log/')[1].split('"')[0]
    feed = ElementTree.fromstring(Client().get(f"/log/{address}").content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = [
        (each.findtext(f"{atom}title"), each.findtext(f"{atom}summary")) for each in feed.iter(f"{atom}entry")
    ]
    assert entries == [
        (f"Samira Benali announced that a space closes · {cast.open.name}", WHY),
        ("Samira Benali renamed a space · a space that you do not see", ""),
    ]
    assert Client().get(f"/log/{address}x").status_code == 404
    assert Client().get(f"/log/{cast.marek.pk}").status_code == 404
    Person.objects.filter(pk=cast.marek.pk).update(left_on="2025-01-31")
    assert Client().get(f"/log/{address}").status_code == 404, "who has left reads it no more"


def test_no_entry_is_changed_or_taken_out_by_sql(cast: Cast) -> None:
    archive(cast.open, cast.samira)
    for sql in ("update trust_entry set reason = ''", "delete from trust_entry"):
        with (
            pytest.raises(IntegrityError, match="for good"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert Entry.objects.count() == 1


def test_an_empty_log_and_a_whole_one_are_whole(cast: Cast) -> None:
    assert verify() == Verdict(0, FIRST, None)
    archive(cast.open, cast.samira)
    wake(cast.open, cast.samira)
    assert verify() == Verdict(2, Entry.objects.get(number=2).hash, None)
    assert "The log is whole: 2 entries" in CliRunner().invoke(log, ["verify"]).output


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("update trust_entry set reason = 'Q' where number = 7", 7),
        ("update trust_entry set actor = actor + 1 where number = 1", 1),
        ("update trust_entry set actor = null where number = 4", 4),
        ("update trust_entry set at = at + interval '1 microsecond' where number = 20", 20),
        ("update trust_entry set act = 'space woken' where number = 3", 3),
        ("update trust_entry set thing_id = 12 where number = 5", 5),
        ("update trust_entry set hash = '0' || substr(hash, 2) where number = 9", 9),
        ("delete from trust_entry where number = 11", 12),
        ("delete from trust_entry where number = 1", 2),
        (
            "insert into trust_entry select 21, at, act, actor, thing, thing_id, reason, hash from trust_entry"
            " where number = 20",
            21,
        ),
    ],
)
def test_one_byte_that_is_changed_is_found_and_named(cast: Cast, sql: str, broken: int) -> None:
    for number in range(20):
        record("space archived", cast.samira.pk, "space", cast.open.pk, f"R{number}")
    before = Entry.objects.get(number=9).hash
    if "hash = '0'" in sql and before.startswith("0"):
        sql = sql.replace("'0'", "'1'")
    alter(sql)
    assert verify().broken == broken
    answer = CliRunner().invoke(log, ["verify"])
    assert (answer.exit_code, f"entry {broken} is not as it was written" in answer.output) == (1, True)


def test_an_act_has_one_meaning_for_good() -> None:
    assert len(acts()) > 15
    with pytest.raises(ValueError, match="is an act already"):
        act("space archived", "archive", acts()["space archived"].says)


def test_before_an_act_one_is_told_that_it_is_public(cast: Cast) -> None:
    told = "it will stand in the log, with your name"
    for path in (f"/spaces/{cast.open.pk}", f"/spaces/{cast.open.pk}/openness"):
        assert told in cast.client(cast.samira).get(path).content.decode()
    volunteer(cast.open, cast.samira)
    assert told in cast.client(cast.samira).get(f"/conversations/{cast.in_open.pk}/acts").content.decode()
