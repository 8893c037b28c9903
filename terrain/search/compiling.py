"""Words as PostgreSQL looks for them: each by its stems in both languages, all of them, or all but a few."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db import connection

from terrain.people.about import folded
from terrain.search.question import Term

COMPILED = """
    select n, search_is_small(word), search_asked(word)::text, search_phrase(word)::text
    from unnest(%s::text[]) with ordinality as asked(word, n) order by n
"""
ASKING = frozenset(
    "comment pourquoi quand combien quel quelle quels quelles quoi est-ce faut peut faire fait y il on"
    " how why when where what which who whom does did can could should do".split()
)
"""Words that ask, and say nothing of what is asked."""
SHORTEST_BEGINNING = 2
MOST_MISSING = 3
MOST_NAMES = 8
NOTHING = "''"


@dataclass(frozen=True)
class Part:
    """A term compiled: `query` finds it, `each` any word of it; a small one says nothing by itself."""

    term: Term
    query: str
    each: str
    is_small: bool


def compiled(terms: Sequence[Term]) -> list[Part]:
    """Each term as PostgreSQL looks for it; one question."""
    if not terms:
        return []
    with connection.cursor() as cursor:
        cursor.execute(COMPILED, [[each.text for each in terms]])
        rows = cursor.fetchall()
    parts = []
    for term, (_, is_small, asked, phrase) in zip(terms, rows, strict=True):
        small = not term.is_phrase and (is_small or folded(term.text) in ASKING)
        parts.append(Part(term, phrase if term.is_phrase else asked, _any(asked), small))
    return [each for each in parts if each.query not in ("", NOTHING)]


def _any(query: str) -> str:
    """Any word of a compiled query."""
    return " | ".join(dict.fromkeys(re.findall(r"'(?:[^']|'')+'(?::\*)?", query)))


def telling(parts: Sequence[Part]) -> list[Part]:
    """Those that say something; all of them, where none does by itself."""
    return [each for each in parts if not each.is_small] or list(parts)


def all_of(parts: Sequence[Part], beginning: str = "") -> str:
    """What holds all of them; `beginning` is a word that is still being typed, and stands for the last."""
    queries = [each.query for each in parts]
    if beginning:
        begins = f"'{beginning}':*"
        queries[-1:] = [f"{queries[-1]} | {begins}" if queries else begins]
    return " & ".join(f"({each})" for each in queries)


def most_of(parts: Sequence[Part], missing: int) -> str:
    """What holds all but so many of them."""
    kept = combinations([each.query for each in parts], len(parts) - missing)
    return " | ".join("(" + " & ".join(f"({each})" for each in some) + ")" for some in kept)


def beginning(terms: Sequence[Term]) -> str:
    """The last word as it begins, where it is one word of letters and figures; else nothing."""
    word = folded(terms[-1].text) if terms and not terms[-1].is_phrase else ""
    return word if len(word) >= SHORTEST_BEGINNING and re.fullmatch(r"[a-z0-9]+", word) else ""


def name(words: str) -> str:
    """Names in which each of these words begins one; nothing where there is none."""
    found = re.findall(r"[^\W_]+", folded(words))
    return " & ".join(f"'{each}':*" for each in found[:MOST_NAMES])
