"""House rules: what a space's members have agreed on, in 150 words at most; nobody is ever asked to sign them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from terrain.web.numbers import number

MOST_WORDS = 150
LONGEST = 2000
"""Characters: words that go on for ever are none."""

_word = re.compile(r"\w+(?:['’./@+-]+\w+)*")


def words_in(text: str) -> int:
    """How many words a text has: “l’atelier” is one, a sign alone is none."""
    return len(_word.findall(text))


def short_enough(text: str) -> None:
    """Raises ValidationError, with a sentence, where the text has more than 150 words."""
    count = words_in(text)
    if count > MOST_WORDS:
        raise ValidationError(
            ngettext(
                "House rules have %(most)s words at most; these have %(count)s word. What can go?",
                "House rules have %(most)s words at most; these have %(count)s words. What can go?",
                count,
            )
            % {"most": number(MOST_WORDS), "count": number(count)},
            "long",
        )
