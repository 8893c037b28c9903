"""`terrain mail`: taking a mail that the mail server hands over through a pipe."""

import os
import sys
import traceback

import click

from terrain.mail.incoming import LARGEST
from terrain.mail.taken import Outcome
from terrain.mail.taking import take

AT_ONCE = 1024 * 1024


@click.group("mail")
def mail() -> None:
    """Mail that comes in."""


@mail.command("take")
@click.argument("recipient", default="")
def take_command(recipient: str) -> None:
    """Take the mail that comes by standard input, delivered to RECIPIENT.

    Exit status 0 where it was taken, 75 where it is to be handed over again, as sysexits.h has it.
    """
    raw, size = _received()
    try:
        is_taken = take(raw, recipient, size) is not Outcome.LATER
    except Exception:
        traceback.print_exc()
        is_taken = False
    sys.exit(os.EX_OK if is_taken else os.EX_TEMPFAIL)


def _received() -> tuple[bytes, int]:
    """What comes, no more of it than is read, and how much it was."""
    raw = sys.stdin.buffer.read(LARGEST + 1)
    size = len(raw)
    while more := sys.stdin.buffer.read(AT_ONCE):
        size += len(more)
    return raw, size
