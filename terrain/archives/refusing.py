"""Why a line, or a whole archive, does not come in: always a sentence for whoever made the archive."""

NOWHERE = "is nowhere in this archive"
LEFT_OUT = "did not come in"


class Refused(Exception):
    """This line does not come in; the text says why."""


class Unreadable(Exception):
    """Nothing of this archive comes in: `line` is where reading stopped, the text says why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


def missing(what: str, named: str, line: int | None) -> str:
    """That what a line names is not there; `line` is where it stands if it did not come in itself."""
    return (
        f"its {what} “{named}” {NOWHERE}"
        if line is None
        else f"its {what} “{named}” {LEFT_OUT} (line {line})"
    )
