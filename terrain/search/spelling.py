"""Typing errors: a word that nobody wrote is looked for as the nearest that somebody did, one letter away.

A word from the list is only ever told to a reader who finds it in what they may read.
"""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from terrain.people.about import folded
from terrain.search.words import Word

SHORTEST, LONGEST, MOST = 4, 40, 4
PLAIN = re.compile(r"[a-z]+")

NEAREST = """
    select word from search_word
    where length(word) between length(%(word)s) - 1 and length(%(word)s) + 1 and word <> %(word)s
        and (levenshtein_less_equal(word, %(word)s, 1) <= 1 or word = any(%(swapped)s))
    order by messages desc, word limit %(most)s
"""
RECENT = """
    select search_name(body) as words from conversations_message where written_at >= %(since)s
    union all select search_name(body) from conversations_version where written_at >= %(since)s
    union all select search_name(title) from conversations_conversation where opened_at >= %(since)s
"""
STEADY = """
    union all select search_name(name || ' ' || title) from people_person
    union all select search_name(name || ' ' || about) from spaces_space
    union all select search_name(name || ' ' || alt) from files_file
    union all select search_name(text) from search_filed where text <> ''
"""
FOUND = r"""
    select word, sum(n) from (
        select unnest(tsvector_to_array(words)) as word, 1 as n from ({texts}) t) w
    where word ~ '^[a-z]{{4,40}}$' group by word
"""
ALWAYS = "-infinity"


def nearest(word: str) -> list[str]:
    """The words that are one letter more, less or other, or two letters swapped: those written most first."""
    plain = folded(word)
    if not SHORTEST <= len(plain) <= LONGEST or not PLAIN.fullmatch(plain):
        return []
    swapped = [plain[:n] + plain[n + 1] + plain[n] + plain[n + 2 :] for n in range(len(plain) - 1)]
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, {"word": plain, "swapped": swapped, "most": MOST})
        return [row[0] for row in cursor.fetchall()]


def unknown(words: Iterable[str]) -> set[str]:
    """Those of these words that nobody wrote, as they were given."""
    plain = {each: folded(each) for each in words}
    known = set(Word.objects.filter(word__in=plain.values()).values_list("word", flat=True))
    return {each for each, word in plain.items() if word not in known}


@transaction.atomic
def learn_all() -> None:
    """The list of words anew, from all that is there."""
    with connection.cursor() as cursor:
        cursor.execute("delete from search_word")
        cursor.execute(
            f"insert into search_word (word, messages) {FOUND.format(texts=RECENT + STEADY)}",
            {"since": ALWAYS},
        )


def learn(since: datetime) -> None:
    """Add the words of what was written since then."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into search_word (word, messages) {FOUND.format(texts=RECENT)} on conflict do nothing",
            {"since": since},
        )
