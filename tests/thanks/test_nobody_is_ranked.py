"""No points, no ranking, no count: thanks change the pages that show their words, and no other page of the house."""

import re

from terrain.thanks.thanking import thank
from tests.cast import Cast
from tests.house.addresses import addresses, said_by, things
from tests.kept import forget_pages

SHOW_THEM = {"person", "thanks_to", "thanks_for", "conversation", "message_acts", "contributions"}
"""The pages of who receives thanks, and of what they are for."""

OF_RANKING = re.compile(
    r"leader|rank|score|point|badge|level|streak|\btop\b|best|karma|classement", re.IGNORECASE
)
TAG = re.compile(r"<[^>]*>")
HOUR = re.compile(r"\b\d{1,2}:\d\d\b")
NOT_PAGES = {"health", "push_token"}
"""Nothing is said there of anybody; a token is another each time."""

NEVER_TWICE = re.compile(r'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"|until=[^"&]*')
"""Tokens, and the moments at which a page was drawn."""


def pages(cast: Cast) -> dict[str, str]:
    """Every page of the house as Claire finds it, without what is never twice the same."""
    forget_pages()
    client, here = cast.client(cast.claire), things(cast, cast.open, cast.samira)
    answers = {each.name: client.get(each.of(here)) for each in addresses() if each.name not in NOT_PAGES}
    return {
        name: NEVER_TWICE.sub("", said_by(answer))
        for name, answer in answers.items()
        if answer.status_code == 200
    }


def test_no_page_orders_or_counts_people_by_their_thanks(cast: Cast) -> None:
    pages(cast)
    before = pages(cast)
    first = cast.first(cast.in_open)
    for giver in (cast.loic, cast.ines, cast.marek):
        for n in range(4):
            thank(giver, cast.samira, f"Pour le coup de main n° {n}.", first if n % 2 else None)
    after = pages(cast)
    assert after.keys() == before.keys()
    changed = {name for name in after if after[name] != before[name]}
    assert {"person", "thanks_to"} <= changed <= SHOW_THEM
    # What time it is says nothing of anybody: at 10:13 it is thirteen minutes past.
    read = {name: HOUR.sub(" ", TAG.sub(" ", after[name])) for name in changed}
    assert [name for name in read if re.search(r"(?i)\b(?:12|13|twelve|thirteen)\b", read[name])] == []


def test_no_address_names_a_ranking() -> None:
    assert [each.path for each in addresses() if OF_RANKING.search(each.path)] == []
