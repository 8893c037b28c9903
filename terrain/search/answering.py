"""Answers what somebody typed: all the words; else the nearest spelling; else most of the words; and says which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from terrain.people.models import Person
from terrain.search import compiling, spelling
from terrain.search.compiling import Part
from terrain.search.finding import MOST_PAGES, Looking, Section, is_found, look, mark
from terrain.search.narrowing import Narrowing, narrowed
from terrain.search.question import Question, Term, read, words_of


@dataclass
class Answer:
    """What was found, and how: with the words `instead` of those typed, or with `is_partly` most of them alone."""

    question: Question
    sort: str
    page: int
    sections: list[Section] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    instead: str = ""
    is_partly: bool = False
    meant: str = ""
    """What may have been meant, where a word that nobody wrote was found all the same, by the stem of another."""

    @property
    def is_in_vain(self) -> bool:
        """Whether words that make sense found nothing."""
        return (
            bool(self.question.terms) and not (self.sections or self.faults or self.sort) and self.page == 1
        )


def answer(typed: str, reader: Person, sort: str = "", page: int = 1, is_typing: bool = False) -> Answer:
    """What this reader finds, of one sort or of all; `is_typing` takes the last word for the beginning of one."""
    question = read(typed)
    narrowing = narrowed(question, reader)
    here = Answer(question, narrowing.sort or sort, min(page, MOST_PAGES), faults=narrowing.faults)
    if question.is_empty or here.faults:
        return here
    attempts = (
        [_typed(question, is_typing)] if here.page > 1 else _attempts(question, reader, narrowing, is_typing)
    )
    for attempt in attempts:
        here.sections = look(attempt.looking(reader, narrowing), here.sort, here.page)
        if here.sections:
            here.instead, here.is_partly = attempt.instead, attempt.is_partly
            mark(
                here.sections,
                " | ".join(filter(None, (attempt.marks, *(each.each for each in attempt.parts)))),
            )
            break
    if here.sections and here.page == 1 and not (is_typing or here.instead or here.is_partly):
        here.meant = _meant(question.terms, reader)
    return here


def typed_looking(typed: str, reader: Person) -> Looking | None:
    """All of the words that were typed, as this reader may find them; None where they mean nothing."""
    question = read(typed)
    narrowing = narrowed(question, reader)
    if question.is_empty or narrowing.faults:
        return None
    return _typed(question, False).looking(reader, narrowing)


@dataclass(frozen=True)
class Attempt:
    """One way of looking for it."""

    parts: Sequence[Part]
    query: str
    instead: str = ""
    is_partly: bool = False
    marks: str = ""
    name: str = ""

    def looking(self, reader: Person, narrowing: Narrowing) -> Looking:
        """The same, for this reader."""
        words = [] if self.is_partly else [each.term.text for each in self.parts]
        return Looking(reader, self.query, self.name, words, narrowing)


def _attempts(question: Question, reader: Person, narrowing: Narrowing, is_typing: bool) -> Iterator[Attempt]:
    """One way after the other; the next is tried where this one finds nothing."""
    yield _typed(question, is_typing)
    if not question.terms:
        return
    if not is_typing and compiling.beginning(question.terms):
        yield _typed(question, True)
    terms = tuple(word for each in question.terms for word in words_of(each.text))
    nearest = _nearest(terms, reader)
    if nearest != terms:
        terms = nearest
        yield _attempt(terms, instead=Question("", terms).words)
    parts = compiling.telling(compiling.compiled(terms))
    for missing in range(1, min(compiling.MOST_MISSING, len(parts) - 1) + 1):
        yield Attempt(parts, compiling.most_of(parts, missing), is_partly=True)


def _typed(question: Question, is_typing: bool) -> Attempt:
    return _attempt(question.terms, compiling.beginning(question.terms) if is_typing else "")


def _attempt(terms: Sequence[Term], beginning: str = "", instead: str = "") -> Attempt:
    """All of these terms."""
    parts = compiling.compiled(terms)
    telling = compiling.telling(parts)
    if beginning and (not telling or telling[-1].term != terms[-1]):
        # A small word may be the beginning of another.
        telling = [*telling, *(each for each in parts if each.term == terms[-1])]
    return Attempt(
        telling,
        compiling.all_of(telling, beginning),
        instead,
        marks=f"'{beginning}':*" if beginning else "",
        name=compiling.name(" ".join(each.text for each in terms)),
    )


def _nearest(terms: Sequence[Term], reader: Person) -> tuple[Term, ...]:
    """The same, each word that nobody wrote replaced by the nearest one that this reader finds somewhere."""
    unknown = spelling.unknown(each.text for each in terms)
    return tuple(_first_found(each, reader) if each.text in unknown else each for each in terms)


def _meant(terms: Sequence[Term], reader: Person) -> str:
    """The same words with the nearest spelling of those that nobody wrote; nothing where the stems are the same."""
    if any(each.is_phrase for each in terms):
        return ""
    near = _nearest(terms, reader)
    stems, meant = ([each.query for each in compiling.compiled(some)] for some in (terms, near))
    return Question("", near).words if meant != stems else ""


def _first_found(term: Term, reader: Person) -> Term:
    for word in spelling.nearest(term.text):
        near = Term(word)
        if is_found(_attempt([near]).looking(reader, Narrowing())):
            return near
    return term
