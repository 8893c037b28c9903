"""Taking an archive in: all of it is read and looked at first, then what holds is written."""

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from terrain.archives import checking, records
from terrain.archives.chart import Ground
from terrain.archives.header import Header, header
from terrain.archives.ids import Ids
from terrain.archives.landing import Landing
from terrain.archives.reading import Progress, Record
from terrain.archives.reading import records as read
from terrain.archives.refusing import Refused, Unreadable
from terrain.archives.report import Report
from terrain.archives.settling import find_who_is_here, new_units, settle, tell_of
from terrain.archives.waiting import Waiting, ask, do, room
from terrain.people.organisation import every_page_changes

FEW: dict[str, Callable[[int, Record, Ids], records.Unit | records.Person | records.Space]] = {
    "unit": records.unit,
    "person": records.person,
    "space": records.space,
}
WITH_ID = ("conversation", "message")
TABLES = "people_unit people_person spaces_space spaces_membership spaces_joinrequest".split()
TABLES += [f"conversations_{name}" for name in ("conversation", "message", "reaction", "following", "edit")]
# What hangs on something comes in with it: what was taken back here since does not come again.
NEW = {
    "conversation": "a.pk is null",
    "message": "a.pk is null",
    "membership": "exists(select from arriving_space s where s.id = a.space and s.is_new)"
    " or exists(select from arriving_person p where p.id = a.person and p.is_new)",
    "reaction": "exists(select from arriving_message m where m.id = a.message and m.pk is null)",
    "following": "exists(select from arriving_conversation c where c.id = a.conversation and c.pk is null)",
}
NEW["join_request"], NEW["edit"] = NEW["membership"], NEW["reaction"]


def take_in(path: Path, *, dry_run: bool = False, progress: Progress | None = None) -> Report:
    """Take in the archive in this file, and report; with `dry_run` nothing is written, and the report is the same.

    `progress` is told ("reading", bytes done, of how many), then ("writing", messages done, of how many). What it
    raises ends the import: what is in by then is whole, and the next import goes on from there.
    """
    report = Report(is_dry_run=dry_run)
    began = time.perf_counter()
    with room() as waiting:
        try:
            head, ground = _read(path, waiting, report, progress)
        except Unreadable as fault:
            report.skipped = {fault.line: f"{fault}; nothing was taken in"}
            return report
        _check(head, ground, report)
        report.reading_seconds = time.perf_counter() - began
        if report.new and not dry_run:
            _write(head, ground, report, progress)
            report.writing_seconds = time.perf_counter() - began - report.reading_seconds
    return report


def _read(path: Path, waiting: Waiting, report: Report, progress: Progress | None) -> tuple[Header, Ground]:
    """Look at each line by itself, and put it where it waits for the others."""
    head: Header | None = None
    ids, ground, line = Ids(""), Ground(), 0
    for line, record in read(path, progress):
        if isinstance(record, Refused):
            report.skipped[line] = str(record)
        elif head is None:
            head = header(line, record)
            ids = Ids(head.name)
            report.archive, report.licence = head.name, head.licence
        else:
            _sort(line, record, ids, ground, waiting, report)
    if head is None:
        raise Unreadable(max(line, 1), "no line of this file begins an archive")
    report.lines = line
    waiting.flush()
    return head, ground


def _sort(line: int, record: Record, ids: Ids, ground: Ground, waiting: Waiting, report: Report) -> None:
    kind = record.get("type")
    try:
        if not isinstance(kind, str):
            raise Refused("it does not say its “type”")
        if kind in records.MANY:
            waiting.add(kind, line, records.MANY[kind](record, ids))
        elif kind in FEW:
            ground.add(FEW[kind](line, record, ids))
        elif kind == "attachment":
            raise Refused("this Terrain does not take in attachments yet")
        elif kind == "archive":
            raise Refused("an archive begins once")
        else:
            raise Refused(f"this Terrain knows no records of the type “{kind[:40]}”")
    except Refused as fault:
        if kind in FEW:
            ground.refuse(kind, line, record.get("id"), str(fault))
        elif kind in records.MANY:
            waiting.refuse(kind, line, record, str(fault), _uid(kind, record, ids))
        else:
            report.skipped[line] = str(fault)


def _uid(kind: str, record: Record, ids: Ids) -> str | None:
    named = record.get("id")
    return ids.uid(kind, named) if kind in WITH_ID and isinstance(named, str) else None


def _check(head: Header, ground: Ground, report: Report) -> None:
    """Find out what comes in and what of it is new, and count it."""
    ground.check(Ids(head.name))
    report.by_address = find_who_is_here(ground)
    tell_of(ground)
    checking.check()
    report.skipped |= ground.skipped | checking.skipped()
    counts = {
        "person": (len(ground.people), sum(each.is_new for each in ground.people.values())),
        "unit": (len(ground.units), new_units(ground)),
        "space": (len(ground.spaces), sum(each.is_new for each in ground.spaces.values())),
        "reply": _count("message", "a.pk is null", "a.reply_to is not null"),
    } | {name: _count(name, is_new) for name, is_new in NEW.items()}
    report.came_in = +Counter({name: n for name, (n, _) in counts.items()})
    report.new = +Counter({name: n for name, (_, n) in counts.items()})


def _count(name: str, is_new: str, holds: str = "true") -> tuple[int, int]:
    rows = ask(
        f"select count(*), count(*) filter (where {is_new}) from arriving_{name} a where why is null and {holds}"
    )
    return int(rows[0][0]), int(rows[0][1])


def _write(head: Header, ground: Ground, report: Report, progress: Progress | None) -> None:
    """Write what holds: first who is here and where they belong, then conversations."""
    tells_of_members = head.is_complete or ask("select from arriving_membership limit 1")
    tells_of_followers = head.is_complete or ask("select from arriving_following limit 1")
    report.belonging = settle(head, ground, authors_belong=not tells_of_members)
    landing = Landing(authors_follow=not tells_of_followers)
    done, all_of_them = 0, report.new["message"]
    for written in landing.batches():
        done += written
        report.following = landing.followings_made
        if progress:
            progress("writing", done, all_of_them)
    every_page_changes()
    do("analyze " + ", ".join(TABLES))
