"""The benchmarks, as somebody at a terminal has them."""

from click.testing import CliRunner, Result


def run(*arguments: str) -> Result:
    """`terrain bench …`."""
    from bench.commands import bench  # Django has to be set up first

    return CliRunner().invoke(bench, arguments, catch_exceptions=False)


class Measuring:
    """`terrain bench`, once the small set is filled."""

    def __init__(self) -> None:
        self.filled = run("fill", "--size", "small", "--json")
