"""`terrain bench`: what is measured, each by its name."""

import importlib

import click

from bench.filling import fill_command

ELSEWHERE = {
    "import": ("bench.importing:import_command", "How quickly an archive is taken in."),
    "live": ("bench.live:live", "How many open pages one process keeps, and how soon they learn."),
    "log": ("bench.log:log_command", "How long looking through the public log takes."),
    "search": ("bench.searching:search_command", "How long search takes, and how soon a message is found."),
    "telling": (
        "bench.telling:telling_command",
        "How long the worker takes to tell, in the page and by mail.",
    ),
    "talks": ("bench.talks:talks_command", "What a conversation costs as it grows."),
    "pages": ("bench.pages:pages_command", "How quickly the feed and a conversation are served."),
}


class Benchmarks(click.Group):
    """Each benchmark is loaded when it is asked for: what it measures with costs memory and time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in order."""
        return sorted({*super().list_commands(ctx), *ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """What the list of benchmarks shows."""
        if cmd_name in ELSEWHERE:
            return click.Command(cmd_name, short_help=ELSEWHERE[cmd_name][1])
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The benchmark that was asked for."""
        if args and args[0] in ELSEWHERE:
            module, name = ELSEWHERE[args[0]][0].split(":")
            command: click.Command = getattr(importlib.import_module(module), name)
            return args[0], command, args[1:]
        return super().resolve_command(ctx, args)


@click.group(cls=Benchmarks)
def bench() -> None:
    """Measure this Terrain on this machine, beside the floor: the least that the same work can cost."""


bench.add_command(fill_command)
