"""Reads PDFs in a process of its own, with little memory and little time: whatever one holds, it harms nobody.

`python -m terrain.files.pdfium count` prints how many pages the PDF on the standard input has, 0 where it is locked;
`draw` writes its first page as PNG. Ends with 1 where it cannot be read.
"""

import contextlib
import resource
import sys

MEMORY = 1_500_000_000
"""Bytes of address space."""
SECONDS = 8
WIDEST, HIGHEST = 1200, 1600
"""Pixels of the page that is drawn, at most."""


def main(what: str) -> int:
    _bound()
    import pypdfium2  # Bounds come first.

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer)
        if what == "count":
            print(len(document))
            return 0
        page = document[0]
        width, height = page.get_size()
        scale = min(WIDEST / max(width, 1), HIGHEST / max(height, 1))
        page.render(scale=scale).to_pil().save(sys.stdout.buffer, "PNG")
    except pypdfium2.PdfiumError as fault:
        if what == "count" and "password" in str(fault).lower():
            print(0)
            return 0
        return 1
    except (MemoryError, ValueError, OSError, IndexError):
        return 1
    return 0


def _bound() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(OSError, ValueError):  # macOS bounds no address space.
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
