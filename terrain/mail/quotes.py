"""Where an answer ends and what it answers begins: a library finds the headings, told the French ones by us."""

import re
from dataclasses import replace
from typing import NamedTuple

from mailparser_reply.constants import MAIL_LANGUAGES, QUOTED_MATCH_INCLUDE
from mailparser_reply.parser import EmailMessage

from terrain.mail.lines import Line

LONGEST = 250
"""Characters of a line that the library looks at: its patterns are slow on longer ones."""

MOST = 300
"""Lines that the library looks at."""

# The library's own French misses most programs; these are the headings of those that people use here.
FRENCH = "terrain-fr"
_label = r"(?:De|Envoyé(?: le)?|À|A|Pour|Cc|Copie à|Date|Objet|Sujet)\s?:"
_original = r"(?:Message d['’]origine|Mail original|Message original|Original Message)"
MAIL_LANGUAGES[FRENCH] = {
    "wrote_header": (
        rf"^({QUOTED_MATCH_INCLUDE}(?:-+ ?)?(?:Le|On)\s[^\n]{{3,250}}?(?:\n[^\n]{{0,100}}?)?"
        rf"\s?(?:a\s+écrit|wrote)\s?(?::|-{{2,}})"
        rf"|{QUOTED_MATCH_INCLUDE}[^\n]{{2,80}} (?:a écrit le|wrote on) [^\n]{{6,40}}:)$"
    ),
    "from_header": (
        rf"((?:^{QUOTED_MATCH_INCLUDE}[* ]*{_label}[^\n]*\n?){{3,}}"
        rf"|^{QUOTED_MATCH_INCLUDE}-{{2,}} ?{_original} ?-{{2,}}$)"
    ),
}

_forwarded = re.compile(
    r"[\s>*-]*(?:begin forwarded message|forwarded message|(?:début du )?message (?:transféré|réexpédié)"
    r"|mail transféré)[\s:*-]*",
    re.IGNORECASE,
)
_wrote = re.compile(r"(?:-+ ?)?(?:On|Le)\s|.+ (?:a écrit le|wrote on) ", re.IGNORECASE)
_dated = re.compile(r"\d.*\d", re.DOTALL)
_timed = re.compile(r"\d{1,2}\s?[:h]\s?\d{2}")
_divider = re.compile(r"-{2,}")
_names_sender = re.compile(r"^[* ]*(?:From|De)[\s\u00a0]*:", re.IGNORECASE | re.MULTILINE)
_ruled = re.compile(r"[\s_=*-]*")


class Heading(NamedTuple):
    """What a program writes above a quote: its first line, the line after its last, whether it only names who wrote."""

    first: int
    end: int
    only_names: bool


def headings(lines: list[Line]) -> list[Heading]:
    """The headings that are not quoted themselves, from the top."""
    seen = [_as_seen(line) for line in lines[:MOST]]
    message = EmailMessage(text="\n".join(seen), languages=[FRENCH, "en"]).read()
    found, at = [], 0
    for reply in message.replies:
        at = max(message.text.find(reply.content, at), at)
        first = message.text.count("\n", 0, at)
        if reply.headers and (heading := _heading(seen, first, reply.headers)):
            found.append(heading)
        at += len(reply.content)
    return found


def _heading(seen: list[str], first: int, said: str) -> Heading | None:
    """What the library takes for a heading, if it is one: it says when somebody wrote, and is not quoted itself."""
    end = first + said.count("\n") + 1
    if said.startswith(">"):
        return None
    if _wrote.match(said):
        return Heading(first, end, True) if _dated.search(said) else None
    if _divider.match(said):
        return Heading(first, end, False)
    # A long sender takes two lines, and the library begins below them.
    for start in range(first, max(first - 3, -1), -1):
        if _names_sender.search(above := "\n".join(seen[start:end])):
            return Heading(start, end, False) if _timed.search(above) else None
    return None


def _as_seen(line: Line) -> str:
    """A line for the library: what a program quotes is marked, and long rules, which it takes away, are short."""
    text = line.text[:LONGEST].replace("\u00a0", " ").replace("\u202f", " ").strip()
    if len(text) > 3 and _ruled.fullmatch(text):
        text = text[:3]
    return f"> {text}" if (line.quoted or line.set_in) and not text.startswith(">") else text


def answer(lines: list[Line]) -> list[Line]:
    """The lines that the sender wrote: above, below or between what they quote."""
    found = headings(lines)
    end, headed = len(lines), set[int]()
    for heading in found:
        quotes_below = any(line.quoted or line.set_in for line in lines[heading.end :])
        if not (heading.only_names and quotes_below):
            end = min(end, heading.first)
            break
        headed.update(range(heading.first, heading.end))
    kept = [
        line
        for number, line in enumerate(lines[:end])
        if number not in headed and not line.quoted and not (line.set_in and found)
    ]
    while kept and end < len(lines) and _ruled.fullmatch(kept[-1].text) and not kept[-1].pictures:
        kept.pop()
    return kept


def forwarded_from(lines: list[Line], meant: bool) -> int | None:
    """The line that a forwarded message begins at; `meant` where the subject says that the mail forwards one."""
    found = headings(lines)
    mark = next((n for n, line in enumerate(lines) if _forwarded.fullmatch(line.text)), None)
    if meant:
        return mark if mark is not None else next((heading.first for heading in found), None)
    return mark if mark is not None and not any(heading.first < mark for heading in found) else None


def unquoted(lines: list[Line]) -> list[Line]:
    """Lines without the mark of a quote before them, where programs put one."""
    return [
        replace(
            line, text=line.text[1:].removeprefix(" "), html=line.html.removeprefix("&gt;").removeprefix(" ")
        )
        if line.text.startswith(">")
        else line
        for line in lines
    ]
