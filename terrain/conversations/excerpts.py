"""A message in a few words: on one line of a list, or recalled where it is answered."""

from terrain.web import markup

EXCERPT = 280
RECALLED = 160


def excerpt(body: str, without: str = "") -> str:
    """The first words of a message on one line, those of its title left out where it begins with them."""
    text = markup.on_one_line(markup.to_text(body))
    title = without.rstrip("…")
    if title and text.startswith(title):
        rest = text[len(title) :].lstrip()
        return "" if not rest.strip(" .!?…") else "… " + _cut(rest, EXCERPT)
    return _cut(text, EXCERPT)


def recalled(body: str) -> str:
    """The few words of a message that recall it where it is answered."""
    return _cut(excerpt(body), RECALLED)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"
