"""What `terrain doctor` looks at: one question after the other, each answered in a plain sentence."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone, translation

from terrain.config import environment, preparing

ENOUGH_ROOM = 1_000_000_000
"""Bytes free, below which somebody should look."""

OLDEST_WAIT = 120
"""Seconds that a job may have been due for before something is wrong."""

HEARTBEAT = 60
"""Seconds after which a worker that said nothing is taken for gone."""


@dataclass(frozen=True)
class Finding:
    """The answer to one question."""

    well: bool
    sentence: str


def examine(say: Callable[[str], None]) -> bool:
    """Tell what is well and what is not; whether all is well."""
    findings = [_home(), _room(), _catalogues(), _mail()]
    try:
        findings += [_database(), _migrations()]
        if findings[-1].well:
            findings += [_worker(), _jobs(), _mails(), _incoming(), _pushes(), *_guarantees()]
    except OperationalError as fault:
        findings.append(Finding(False, f"The database cannot be reached: {' '.join(str(fault).split())}"))
    for each in findings:
        say(f"{'well ' if each.well else 'ILL  '} {each.sentence}")
    return all(each.well for each in findings)


def _home() -> Finding:
    try:
        with tempfile.TemporaryFile(dir=environment.HOME) as trial:
            trial.write(b"trial")
    except OSError as fault:
        return Finding(False, f"Nothing can be written in {environment.HOME}: {fault.strerror}.")
    return Finding(True, f"Everything is kept in {environment.HOME}, which can be written.")


def _room() -> Finding:
    free = shutil.disk_usage(environment.HOME).free
    told = f"{free / 1e9:.1f} GB are free on its disk."
    return Finding(free >= ENOUGH_ROOM, told if free >= ENOUGH_ROOM else f"Only {told}")


def _catalogues() -> Finding:
    written = list(Path(settings.ROOT).glob("*/locale/*/LC_MESSAGES/django.po"))
    stale = sorted(str(each.relative_to(settings.ROOT)) for each in written if not _is_compiled(each))
    if stale:
        return Finding(False, f"Translations wait for `make setup`: {', '.join(stale)}.")
    return Finding(True, "Every language is complete on this machine.")


def _is_compiled(written: Path) -> bool:
    compiled = written.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= written.stat().st_mtime


def _mail() -> Finding:
    if "filebased" in settings.EMAIL_BACKEND:
        return Finding(True, f"No TERRAIN_MAIL_URL is set: mails are written to {environment.HOME / 'mail'}.")
    return Finding(True, f"Mails leave by {settings.EMAIL_HOST}.")


def _database() -> Finding:
    connection.ensure_connection()
    version = connection.cursor().connection.info.server_version
    told = f"PostgreSQL {version // 10000}.{version % 10000} answers"
    if version < 150000:
        return Finding(False, f"{told}, but 15 is the oldest that Terrain works with.")
    whose = "the one that DATABASE_URL names" if environment.DATABASE_URL else "the one that comes along"
    return Finding(True, f"{told}: {whose}.")


def _migrations() -> Finding:
    missing = preparing.migrations_missing()
    if missing:
        return Finding(False, f"The database lacks {len(missing)} migrations: `terrain manage migrate`.")
    return Finding(True, "The database is up to date.")


def _worker() -> Finding:
    with connection.cursor() as cursor:
        since = timezone.now() - timedelta(seconds=HEARTBEAT)
        cursor.execute("select count(*) from procrastinate_workers where last_heartbeat > %s", [since])
        alive = cursor.fetchone()[0]
    if alive:
        return Finding(True, f"Workers at work: {alive}.")
    return Finding(True, "No worker is at work: Terrain is not up.")


def _jobs() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select count(*) filter (where status = 'todo'),
                   count(*) filter (where status = 'failed'),
                   count(*) filter (where status = 'todo' and coalesce(scheduled_at, added.at) < %s)
            from procrastinate_jobs job
            left join lateral
                (select min(at) as at from procrastinate_events where job_id = job.id) added on true
            """,
            [timezone.now() - timedelta(seconds=OLDEST_WAIT)],
        )
        waiting, failed, late = cursor.fetchone()
    told = f"Jobs waiting: {waiting}; given up: {failed}."
    if late:
        return Finding(False, f"{told} {late} have waited for more than {OLDEST_WAIT // 60} minutes.")
    return Finding(not failed, told)


def _mails() -> Finding:
    from terrain.notifications.outbox import in_trouble  # Django has to be set up first

    waiting = in_trouble()
    if waiting:
        return Finding(False, f"{waiting.count} mails do not leave; the server said: {waiting.said}.")
    return Finding(True, "No mail has been refused again and again.")


def _incoming() -> Finding:
    from terrain.mail import answers, receiving, taken  # Django has to be set up first

    if not environment.MAIL_ADDRESS:
        lacks = (
            "TERRAIN_MAIL_IN names a mailbox, but TERRAIN_MAIL_ADDRESS is not set"
            if environment.MAIL_IN
            else ""
        )
        return Finding(not lacks, f"{lacks or 'No TERRAIN_MAIL_ADDRESS is set'}: nobody writes by mail.")
    if trouble := receiving.in_trouble(timezone.now()):
        if trouble.since:
            return Finding(False, f"The mailbox cannot be read since {_at(trouble.since)}: {trouble.said}.")
        return Finding(
            False, f"{trouble.waits} mails in the mailbox could not be taken; the worker’s log says why."
        )
    if waiting := answers.in_trouble():
        return Finding(
            False, f"{waiting.count} answers to mails do not leave; the server said: {waiting.said}."
        )
    reached, last = receiving.reached_at(), taken.last_taken_at()
    way = f"its mailbox was read at {_at(reached)}" if reached else "they come through `terrain mail take`"
    if environment.MAIL_IN and not reached:
        way = "its mailbox was not read yet"
    when = f"the last mail was taken at {_at(last)}" if last else "no mail was taken yet"
    return Finding(True, f"People write to {environment.MAIL_ADDRESS}: {way}; {when}.")


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _pushes() -> Finding:
    from terrain.push.pushing import in_trouble  # Django has to be set up first

    if trouble := in_trouble():
        return Finding(
            False, f"{trouble.count} devices are told nothing; a push service said: {trouble.said}."
        )
    if settings.SITE_URL and not environment.HTTPS:
        return Finding(
            True, "No device can be told: browsers are told only by sites that they reach by HTTPS."
        )
    return Finding(True, "No push service has refused everything again and again.")


def _guarantees() -> list[Finding]:
    """What Terrain promises to its people; what is found stands on their page of guarantees."""
    from terrain.trust import guarantees  # Django has to be set up first

    with translation.override("en"):
        return [
            Finding(
                looked.is_kept, f"{guarantee.says}{'' if looked.is_kept else f' Not kept: {looked.found}.'}"
            )
            for guarantee, looked in guarantees.look()
        ]
