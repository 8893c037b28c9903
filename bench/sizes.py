"""How large the benchmarks' organisations are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """An organisation, and how much was said in it in how many months."""

    name: str
    people: int
    units: int
    spaces: int
    months: int
    conversations: int
    messages: int


SIZES = {
    size.name: size
    for size in (
        Size("small", people=240, units=20, spaces=25, months=14, conversations=1_500, messages=8_000),
        Size(
            "large", people=5_000, units=260, spaces=400, months=36, conversations=150_000, messages=1_000_000
        ),
    )
}
MISSING = "Page revisions, services, requests and ideas are not part of Terrain yet: the sets have none."
