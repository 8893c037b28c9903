"""What an import did: what came in, what was new, what did not come in and why."""

import json
from collections import Counter
from dataclasses import dataclass, field

NOUNS = {
    "person": ("person", "people"),
    "unit": ("unit", "units"),
    "space": ("space", "spaces"),
    "conversation": ("conversation", "conversations"),
    "message": ("message", "messages"),
    "reply": ("reply link", "reply links"),
    "membership": ("membership", "memberships"),
    "join_request": ("request to join", "requests to join"),
    "reaction": ("reaction", "reactions"),
    "following": ("following", "followings"),
    "edit": ("earlier wording", "earlier wordings"),
}
SHOWN = 100


@dataclass
class Report:
    """`came_in` counts the lines that hold, by type ("reply": messages that answer one); `new` those not here before.

    `skipped` has, by line, why it did not come in. `by_address` people were known here by their address alone;
    `belonging` and `following` were made for those who wrote, where the archive tells of none. The seconds are those
    of reading and checking, and of writing.
    """

    archive: str = ""
    licence: str = ""
    lines: int = 0
    is_dry_run: bool = False
    came_in: Counter[str] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)
    skipped: dict[int, str] = field(default_factory=dict)
    by_address: int = 0
    belonging: int = 0
    following: int = 0
    reading_seconds: float = 0.0
    writing_seconds: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it took in all."""
        return self.reading_seconds + self.writing_seconds

    @property
    def messages_a_second(self) -> float:
        """The new messages, by the whole time."""
        return self.new["message"] / self.seconds if self.seconds else 0.0

    def as_json(self) -> str:
        """For scripts: {"in": {TYPE: n}, "new": {TYPE: n}, "skipped": [{"line": n, "why": "…"}]}."""
        return json.dumps(
            {
                "in": {name: self.came_in[name] for name in NOUNS},
                "new": {name: self.new[name] for name in NOUNS},
                "skipped": [{"line": line, "why": why} for line, why in sorted(self.skipped.items())],
            },
            ensure_ascii=False,
        )

    def as_text(self) -> str:
        """For whoever typed the command."""
        told = []
        if self.archive:
            licence = f" ({self.licence})" if self.licence else ""
            told.append(f"{self.archive}{licence}: {self.lines:,} lines.")
        told.append(f"{'Would come in' if self.is_dry_run else 'Came in'}: {counted(self.came_in)}.")
        if self.came_in:
            told.append(self._of_the_new())
        if self.by_address:
            n, known = self.by_address, "person was" if self.by_address == 1 else "people were"
            told.append(f"{n:,} {known} here already, by the same address: what is here of them stays.")
        if self.belonging or self.following:
            made = counted(Counter(membership=self.belonging, following=self.following))
            told.append(f"Made for those who wrote, since the archive tells of none: {made}.")
        if self.new["message"] and not self.is_dry_run:
            told.append(f"It took {self.seconds:.1f} s: {self.messages_a_second:,.0f} messages a second.")
        return "\n".join([*told, *self._of_the_skipped()])

    def _of_the_new(self) -> str:
        if not self.new:
            return "Nothing of it is new: it was here already."
        if self.new == self.came_in:
            return "All of it is new."
        return f"New of it: {counted(self.new)}."

    def _of_the_skipped(self) -> list[str]:
        if not self.skipped:
            return []
        n = len(self.skipped)
        lines = [f"  line {line:,}: {why}" for line, why in sorted(self.skipped.items())[:SHOWN]]
        if n > SHOWN:
            lines.append(f"  and {n - SHOWN:,} more: --json tells all of them.")
        return [f"Did not come in: {n:,} {'line' if n == 1 else 'lines'}.", *lines]


def counted(counts: Counter[str]) -> str:
    """ "6,372 people, 14 spaces": what there is, in words."""
    told = [f"{counts[name]:,} {nouns[counts[name] != 1]}" for name, nouns in NOUNS.items() if counts[name]]
    return ", ".join(told) or "nothing"
