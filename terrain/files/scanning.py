"""Looking for viruses, by the command that a steward names (`TERRAIN_SCAN_COMMAND`); none is brought along."""

import subprocess
import tempfile
from shutil import copyfileobj
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PATIENCE = 120
"""Seconds that the command may take."""


def scan(name: str, content: IO[bytes]) -> None:
    """Raise ValidationError, with a sentence, where the command finds a virus, or cannot tell."""
    if not settings.SCAN_COMMAND:
        return
    with tempfile.NamedTemporaryFile() as copy:
        content.seek(0)
        copyfileobj(content, copy)
        copy.flush()
        try:
            done = subprocess.run(
                [*settings.SCAN_COMMAND, copy.name],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            ).returncode
        except (subprocess.SubprocessError, OSError):
            done = 2
    if done == 1:
        raise ValidationError(
            _("“%(name)s” holds a virus: it is not kept. Tell those who look after your computer.")
            % {"name": name},
            "virus",
        )
    if done:
        raise ValidationError(
            _("“%(name)s” could not be checked for viruses: try again in a moment.") % {"name": name},
            "unchecked",
        )
