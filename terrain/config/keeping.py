"""Keeping a copy of everything, and bringing it back: the database, files and keys, in one .tar."""

import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from django.db import connection

from terrain.config import environment, preparing, programs
from terrain.config.trouble import Trouble

FORMAT = 1

KEYS = {"secret_key": environment.secret_key, "push_key": environment.push_key}
"""What signs cookies and forms, and what push services know Terrain by; a backup of before may lack the latter."""

NAMED = {
    "PGHOST": "host",
    "PGPORT": "port",
    "PGUSER": "user",
    "PGPASSWORD": "password",
    "PGDATABASE": "dbname",
    "PGSSLMODE": "sslmode",
    "PGSSLROOTCERT": "sslrootcert",
}
"""How PostgreSQL's programs are told what the driver is told otherwise."""


def backup(file: Path) -> None:
    """Write everything into this file, which nobody but us may read; it is there once it is whole."""
    file = file.absolute()
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as beside:
            dump, whole = Path(beside, "database"), Path(beside, "whole")
            _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
            with tarfile.open(whole, "w") as tar:
                _add(tar, "terrain.json", _label())
                for name, key in KEYS.items():
                    _add(tar, name, key().encode())
                tar.add(dump, "database")
                if environment.FILES.exists():
                    tar.add(environment.FILES, "files")
            whole.chmod(0o600)
            whole.replace(file)
    except OSError as fault:
        raise Trouble(f"{file} cannot be written: {fault.strerror or fault}.") from None


def restore(file: Path, *, force: bool) -> None:
    """Bring back what `backup` wrote, whole or not at all; what is here is replaced only by `force`."""
    if not force and _holds_something():
        raise Trouble("Somebody is here already: `--force` replaces everything by what is in the file.")
    if others := _others_connected():
        raise Trouble(f"Terrain is up ({others} connections to its database): stop it first.")
    try:
        with (
            tarfile.open(file) as tar,
            tempfile.TemporaryDirectory(dir=environment.prepare_home(), prefix=".restore-") as beside,
        ):
            _check(tar, file)
            dump, files = Path(beside, "database"), Path(beside, "files")
            _take(tar, "database", dump)
            for member in tar:
                path = PurePosixPath(member.name)
                if path.parts[:1] == ("files",) and member.isfile() and ".." not in path.parts:
                    _take(tar, member.name, Path(beside, *path.parts))
            _replace_database(dump, Path(beside, "script"))
            if files.exists() or environment.FILES.exists():
                files.mkdir(exist_ok=True)
                if environment.FILES.exists():
                    environment.FILES.replace(Path(beside, "files-before"))
                files.replace(environment.FILES)
            _keep_keys(tar, Path(beside))
    except (tarfile.TarError, KeyError, EOFError, ValueError):
        raise Trouble(f"{file} is no backup of Terrain, or was cut short.") from None
    except OSError as fault:
        raise Trouble(f"{fault.filename or file}: {fault.strerror or fault}.") from None


def _label() -> bytes:
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"terrain backup": FORMAT, "made_at": made_at}, indent=2).encode() + b"\n"


def _check(tar: tarfile.TarFile, file: Path) -> None:
    label = tar.extractfile("terrain.json")
    found = json.load(label)["terrain backup"] if label else None
    if found != FORMAT:
        raise Trouble(f"{file} is a backup in format {found}, made by another Terrain; here it is {FORMAT}.")


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = len(content), 0o600, int(datetime.now(UTC).timestamp())
    tar.addfile(member, io.BytesIO(content))


def _take(tar: tarfile.TarFile, name: str, place: Path) -> None:
    inside = tar.extractfile(name)
    if inside is None:
        raise KeyError(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with inside, place.open("xb") as out:
        shutil.copyfileobj(inside, out)


def _keep_keys(tar: tarfile.TarFile, beside: Path) -> None:
    """Cookies, forms and browsers of before stay good, unless the environment names other keys."""
    _take(tar, "secret_key", beside / "secret_key")
    if "push_key" in tar.getnames():
        _take(tar, "push_key", beside / "push_key")
    for name in KEYS:
        fresh = beside / name
        if fresh.exists():
            fresh.chmod(0o600)
            fresh.replace(environment.HOME / name)


def _holds_something() -> bool:
    return "people_person" in connection.introspection.table_names() and not preparing.is_empty()


def _others_connected() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid() and backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def _replace_database(dump: Path, script: Path) -> None:
    """Replace all tables in one transaction: a fault leaves those of before."""
    _postgres("pg_restore", "--no-owner", "--no-privileges", "--no-comments", f"--file={script}", str(dump))
    _make_fit_older_servers(script)
    connection.close()
    options = "--quiet --no-psqlrc --single-transaction --set=ON_ERROR_STOP=1 --output=/dev/null".split()
    first = ["set client_min_messages = warning", "drop schema public cascade", "create schema public"]
    _postgres("psql", *options, *(f"--command={each}" for each in first), f"--file={script}")


def _make_fit_older_servers(script: Path) -> None:
    """Silence the one line of the script's head that PostgreSQL below 17 does not know."""
    unknown = b"SET transaction_timeout = 0;"
    with script.open("r+b") as lines:
        place = lines.read(10_000).find(unknown)
        if place >= 0:
            lines.seek(place)
            lines.write(b"--".ljust(len(unknown)))


def _postgres(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on our database; where it fails, tell what it said."""
    given = connection.get_connection_params()
    named = {variable: str(given[option]) for variable, option in NAMED.items() if given.get(option)}
    done = subprocess.run(
        [programs.program(name), *arguments],
        env={**os.environ, **named},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise Trouble(f"{name} failed: {said[0] if said else f'status {done.returncode}'}")
