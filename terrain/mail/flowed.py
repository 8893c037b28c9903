"""Text whose lines flow into one another, as Thunderbird and Roundcube send it (RFC 3676)."""

import re

_marks = re.compile(r">*")


def unflowed(text: str, without_space: bool = False) -> str:
    """The text with each paragraph on one line; `without_space` where the space that marks a flow is no word space."""
    lines: list[str] = []
    flows, depth = False, 0
    for line in text.split("\n"):
        marks = _marks.match(line)
        now = len(marks[0]) if marks else 0
        words = line[now:].removeprefix(" ")
        is_delimiter = words == "-- "
        if flows and now == depth and not is_delimiter:
            lines[-1] += words
        else:
            lines.append(f"{'>' * now} {words}" if now else words)
        flows, depth = words.endswith(" ") and not is_delimiter, now
        if flows and without_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
