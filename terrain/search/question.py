"""What somebody types into the box, taken apart: words, phrases, and the operators `from:` `in:` `kind:` `before:`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

LONGEST = 300
"""Characters that are read."""
MOST_TERMS = 8

OPERATORS = {
    **dict.fromkeys(("de", "from"), "by"),
    **dict.fromkeys(("dans", "in"), "within"),
    **dict.fromkeys(("genre", "kind"), "kind"),
    **dict.fromkeys(("avant", "before"), "before"),
}
"""Each operator in French and English, and what it says."""

QUOTED = r"\"[^\"]*\"|“[^”]*”|«[^»]*»"
OPERATOR = re.compile(rf"(?<!\S)({'|'.join(OPERATORS)}):({QUOTED}|\S*)", re.IGNORECASE)
PHRASE = re.compile(QUOTED)
WORD = re.compile(r"\w")
ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’ʼ](?=\w)", re.IGNORECASE)
QUOTES = '"“”«» \t\u00a0\u202f'
EDGES = QUOTES + ".,;:!?()[]{}…&|<>*'’`\\/=~^"

DAY = re.compile(r"(?:(\d{4})-(\d{1,2})(?:-(\d{1,2}))?|(?:(\d{1,2})[/.])?(?:(\d{1,2})[/.])?(\d{4}))")


@dataclass(frozen=True)
class Term:
    """A word, or several in their order."""

    text: str
    is_phrase: bool = False


@dataclass
class Question:
    """What is looked for, and what to say about how it was understood."""

    typed: str
    terms: tuple[Term, ...] = ()
    said: dict[str, str] = field(default_factory=dict)
    """What each operator was given, by its meaning: "by", "within", "kind", "before"."""
    notes: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.terms and not self.said

    @property
    def words(self) -> str:
        """What is looked for, without operators."""
        return " ".join(f"“{each.text}”" if each.is_phrase else each.text for each in self.terms)


def read(typed: str) -> Question:
    """Take it apart; whatever is typed, it means something, and the notes say what was left out."""
    line = " ".join(typed.replace("\0", " ").split())
    question = Question(line[:LONGEST])
    rest = OPERATOR.sub(lambda found: _operator(question, found[1], found[2]), question.typed)
    terms = list(dict.fromkeys(_terms(rest)))
    question.terms = tuple(terms[:MOST_TERMS])
    if len(line) > LONGEST or len(terms) > MOST_TERMS:
        question.notes.append(_("That is long: only its first words were looked for."))
    return question


def _operator(question: Question, name: str, value: str) -> str:
    given = value.strip(QUOTES)
    if given:
        question.said[OPERATORS[name.lower()]] = given
    else:
        question.notes.append(
            _("“%(operator)s” is followed by what it is about, without a space.") % {"operator": f"{name}:"}
        )
    return " "


def _terms(text: str) -> Iterator[Term]:
    end = 0
    for found in PHRASE.finditer(text):
        yield from words_of(text[end : found.start()])
        end = found.end()
        phrase = found[0].strip(EDGES)
        if WORD.search(phrase):
            yield Term(phrase, " " in phrase)
    yield from words_of(text[end:])


def words_of(text: str) -> Iterator[Term]:
    """Each word alone: “l’alarme” is one of them, for its article says nothing."""
    for each in re.split(r"[\s\"“”«»'’ʼ`]+", ELISION.sub("", text)):
        word = each.strip(EDGES).lstrip("-+")
        if WORD.search(word):
            yield Term(word)


def day(given: str) -> date | None:
    """The day that "2026-11-30", "30/11/2026", "11/2026" or "2026" names, the first one of a month or year."""
    found = DAY.fullmatch(given)
    if not found:
        return None
    year, month, on, first, second, last = found.groups()
    if last:
        year, month, on = last, second or first, first if second else None
    try:
        return date(int(year), int(month or 1), int(on or 1))
    except ValueError:
        return None
