"""What an address asks for after its question mark, and nothing where that makes no sense."""

from django.http import HttpRequest


def words(request: HttpRequest, name: str = "q", most: int = 100) -> str:
    """The words to look for, on one line; no text of PostgreSQL's holds a zero."""
    return " ".join(request.GET.get(name, "")[:most].replace("\0", " ").split())


def number(value: str | None) -> int | None:
    """A whole number of at most twelve digits."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) <= 12 else None
