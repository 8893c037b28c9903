"""Whom PostgreSQL runs as: it refuses to run as root, and may need to be let in where root put things."""

import os
import pwd
import shutil
import sys
from pathlib import Path

from terrain.config import programs

ACCOUNT = "terrain-postgres"
"""Whom PostgreSQL runs as where Terrain is started by root, as whom PostgreSQL refuses to run."""


def account_for(folder: Path) -> str | None:
    """Whom PostgreSQL runs as: ourselves; where that is root the folder's owner, or an account of its own."""
    if os.geteuid() != 0:
        return None
    owner = folder.stat().st_uid
    if owner:
        return pwd.getpwuid(owner).pw_name
    try:
        return pwd.getpwnam(ACCOUNT).pw_name
    except KeyError:
        useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        how = "--system --no-create-home --shell /usr/sbin/nologin".split()
        made = useradd and programs.run([useradd, *how, ACCOUNT], None)
        # Another command may have made it at the same moment.
        if made and (made.returncode == 0 or made.returncode == 9):
            return ACCOUNT
        raise programs.Unavailable(
            f"PostgreSQL refuses to run as root, and an account “{ACCOUNT}” for it could not be made: "
            "start Terrain as an ordinary account, or name a PostgreSQL of your own in DATABASE_URL."
        ) from None


def let_in(account: str, binaries: Path, data: Path) -> None:
    """Let this account reach the programs and its data: folders on the way may be entered, not listed."""
    entered = []
    for folder in {*binaries.parents, *data.parents}:
        if not folder.stat().st_mode & 0o001 and folder.owner() != account:
            folder.chmod(folder.stat().st_mode | 0o001)
            entered.append(str(folder))
    package = binaries.parent.parent
    if not (binaries / "postgres").stat().st_mode & 0o001:
        for part in (package, package.with_name(package.name + ".libs")):
            for each in (part, *part.rglob("*")):
                mode = each.stat().st_mode
                each.chmod(mode | 0o004 | (0o001 if mode & 0o100 else 0))
    if entered:
        print(
            f"PostgreSQL refuses to run as root: it runs as {account}, who may now pass through",
            ", ".join(sorted(entered)),
            file=sys.stderr,
        )


def own_folder(folder: Path, data: Path) -> None:
    """A folder under /tmp that belongs to whom the data belongs to, or a refusal: anybody may write there."""
    owner = data.stat()
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(folder, owner.st_uid, owner.st_gid, follow_symlinks=False)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != owner.st_uid:
        raise programs.Unavailable(f"{folder} belongs to somebody else.")
    folder.chmod(0o700)
