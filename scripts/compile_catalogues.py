"""Turns the translations that people edit (django.po) into the form that programs read (django.mo)."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Compile each catalogue that is newer than its compiled form; 1 where one cannot be read."""
    faults = 0
    for written in sorted(ROOT.glob("terrain/*/locale/*/LC_MESSAGES/django.po")):
        compiled = written.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= written.stat().st_mtime_ns:
            continue
        try:
            with written.open("rb") as lines:
                catalogue = read_po(lines, locale=written.parent.parent.name, abort_invalid=True)
        except PoFileError as fault:
            print(f"{written.relative_to(ROOT)}: {fault}", file=sys.stderr)
            faults += 1
            continue
        beside = compiled.with_suffix(".mo.new")
        with beside.open("wb") as bytes_out:
            write_mo(bytes_out, catalogue)
        beside.replace(compiled)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
