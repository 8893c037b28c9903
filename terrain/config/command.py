"""The `terrain` command: each thing one can ask of this Terrain from a terminal.

Nothing heavy is imported before it is known what was asked, so that `terrain --help` answers at once.
"""

import copy
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from terrain.config.trouble import Trouble

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terrain.config.settings")

AS_TYPED = {"ignore_unknown_options": True, "allow_interspersed_args": False, "help_option_names": []}


@dataclass(frozen=True)
class Elsewhere:
    """A command that another folder holds."""

    place: str
    short_help: str
    failing: int = 1
    """The exit status where it cannot begin."""


ELSEWHERE = {
    "bench": Elsewhere("bench.commands:bench", "Measure this Terrain on this machine."),
    "demo": Elsewhere("terrain.demo.commands:demo", "Plant the demo company."),
    "export": Elsewhere("terrain.archives.commands:export_command", "Write everything into an archive."),
    "import": Elsewhere("terrain.archives.commands:import_command", "Take in an archive."),
    "log": Elsewhere("terrain.trust.commands:log", "The public log of acts of power."),
    "mail": Elsewhere(
        "terrain.mail.commands:mail", "Take a mail that the mail server hands over.", failing=os.EX_TEMPFAIL
    ),
    "stewards": Elsewhere("terrain.trust.commands:stewards", "Who keeps this Terrain running."),
    "link": Elsewhere("terrain.accounts.commands:link", "Print a one-time sign-in link for an address."),
}


class Commands(click.Group):
    """Our own commands, and those of other folders, which are loaded when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in order."""
        return sorted({*super().list_commands(ctx), *ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """What the list of commands shows."""
        if cmd_name in ELSEWHERE:
            return click.Command(cmd_name, short_help=ELSEWHERE[cmd_name].short_help)
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was asked for, which finds a database to work with."""
        if args and args[0] in ELSEWHERE:
            return args[0], _loaded(ELSEWHERE[args[0]].place), args[1:]
        return super().resolve_command(ctx, args)


def _loaded(place: str) -> click.Command:
    import django

    django.setup()
    module, name = place.split(":")
    command: click.Command = copy.copy(getattr(importlib.import_module(module), name))
    inside = command.callback

    def callback(*arguments: object, **options: object) -> object:
        click.get_current_context().with_resource(at_work())
        return inside(*arguments, **options) if inside else None

    command.callback = callback
    return command


@contextmanager
def at_work(*, migrated: bool = True) -> Iterator[None]:
    """A database that answers, with its tables up to date unless told otherwise, while the block lasts."""
    import django

    from terrain.config import postgres, processes

    with processes.interruptible(), postgres.running():
        django.setup()
        from django.db import connection, connections  # Django has to be set up first

        from terrain.config import preparing

        connection.ensure_connection()
        try:
            if migrated:
                preparing.migrate(_remark)
            yield
        finally:
            connections.close_all()


def _say(sentence: str) -> None:
    click.echo(sentence)


def _remark(sentence: str) -> None:
    """Said beside: what a command prints may be for a program to read."""
    click.echo(sentence, err=True)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="terrain", message="Terrain %(version)s")
def terrain() -> None:
    """Terrain, an intranet built from the base up.

    Everything is kept under TERRAIN_HOME. Every command starts the PostgreSQL that comes along where
    DATABASE_URL names none, and leaves it as it was.
    """


@terrain.command()
@click.option("--demo", is_flag=True, help="With the demo company where nobody is here yet; no passwords.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port of the pages, instead of PORT (8000).")
def up(demo: bool, port: int | None) -> None:
    """Start Terrain, and print the address to open last; Ctrl-C stops it."""
    # Before the settings are read, here and in the processes that this starts.
    if port:
        os.environ["PORT"] = str(port)
    if demo:
        os.environ["TERRAIN_DEMO"] = "1"
    from terrain.config import processes

    processes.up(_say, demo=demo)


@terrain.command()
def doctor() -> None:
    """Look whether all is well, and say what is not; exit status 0 only where all is."""
    from terrain.config import examining, postgres

    with postgres.running():
        import django

        django.setup()
        if not examining.examine(_say):
            raise click.exceptions.Exit(1)


@terrain.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Put everything into FILE, a .tar: the database, files, keys."""
    with at_work(migrated=False):
        from terrain.config import keeping

        keeping.backup(file)
        _log("BACKED_UP")
    click.echo(f"All is in {file}, what people wrote and the keys: keep it where nobody else reads it.")


@terrain.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is here.")
def restore(file: Path, force: bool) -> None:
    """Bring back everything from FILE, made by `terrain backup`."""
    with at_work(migrated=False):
        from terrain.config import keeping, preparing

        keeping.restore(file, force=force)
        preparing.migrate(_say)
        _log("RESTORED")
    click.echo(f"All is back as it was in {file}.")


def _log(name: str) -> None:
    """Write in the public log what was done here to all of this Terrain."""
    from django.db import connection, transaction

    from terrain.people.power import done
    from terrain.trust import acts

    # A backup is also made of a database as an earlier Terrain left it, which may know no log.
    if "trust_entry" not in connection.introspection.table_names():
        return
    with transaction.atomic():
        done(getattr(acts, name), None, "terrain")


@terrain.command(context_settings=AS_TYPED)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: Sequence[str]) -> None:
    """Run one of Django's own commands."""
    from django.core.management import ManagementUtility

    from terrain.config import postgres, programs

    with postgres.running():
        os.environ["PATH"] = os.pathsep.join(programs.program_folders())
        ManagementUtility(["terrain manage", *arguments]).execute()


def main() -> None:
    """Run the command; what it cannot go on with is one sentence and exit status 1."""
    try:
        terrain(prog_name="terrain")
    except Trouble as trouble:
        _fail(str(trouble))
    except Exception as fault:
        if not _is_of_the_database(fault):
            raise
        reason = " ".join(str(fault).split())
        _fail(f"The database cannot be reached, or ended the connection: {reason}")
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read us has left; Python would complain about it once more at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_of_the_database(fault: Exception) -> bool:
    if "django" not in sys.modules:
        return False
    from django.db import InterfaceError, OperationalError

    return isinstance(fault, OperationalError | InterfaceError)


def _fail(sentence: str) -> None:
    click.echo(f"terrain: {sentence}", err=True)
    asked = ELSEWHERE.get(sys.argv[1]) if len(sys.argv) > 1 else None
    sys.exit(asked.failing if asked else 1)
