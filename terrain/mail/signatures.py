"""What stands below the words and says nothing: signatures, closing formulas, the ads of phones, legal notices.

A line too many harms nobody, a line too few takes words from a person: where a doubt is left, the lines stay.
"""

import re
import unicodedata

from terrain.mail.lines import Line

LONGEST = 12
"""Lines with words in a signature; longer, it is taken for words."""

LOOKED_AT = 500
"""Characters of a line that are looked at."""

_delimiter = re.compile(r"(?:--|—|___?|---)\s*")
_rule = re.compile(r"[\s_=*-]*")
_sent_from = re.compile(
    r"(?:sent (?:from|via|with) (?:my |your |the )?(?!now\b)[\w .'’-]{2,60}|(?:get|download) outlook for [\w ]{2,20}"
    r"|envoyée? (?:de|depuis|à partir de|avec|via|par)"
    r" (?:mon|ma|l[ae]|l['’]\w+|un|outlook|yahoo|gmail|orange|proton|courrier)\b.{0,80}"
    r"|(?:obtenir|obtenez|télécharger|téléchargez) outlook pour [\w ]{2,20})[\s.]*(?:[<\[(]https?://[^\s]*[>\])])?\s*",
    re.IGNORECASE,
)
_closing = re.compile(
    r"(?:(?:bien |très |sincèrement |amicalement )?(?:cordialement|à vous|sincèrement|amicalement|respectueusement)"
    r"|(?:bien )?à (?:vous|toi)|salutations(?: distinguées)?|(?:sincères |meilleures )salutations"
    r"|cdt|cdlt|bav|amitiés|a\+|@\+"
    r"|(?:très )?(?:bonne|belle) (?:fin de )?(?:journée|soirée|semaine|réception|après-midi)"
    r"|merci(?: d.avance)?|bises|à bientôt|regards|all the best|thanks(?: again)?|thank you|many thanks"
    r"|(?:best|kind|warm|kindest|many)(?: regards| wishes)?|cheers|sincerely|yours(?: sincerely| faithfully| truly)?)"
    r"(?: (?:à (?:vous|tous|toutes)))?[\s,.!]*",
    re.IGNORECASE,
)
_says_something = re.compile(r"(?:merci|thank|many thanks|à bientôt|cheers)", re.IGNORECASE)
_legal = re.compile(
    r"[\s*]*(?:(?:ce|le présent) (?:message|courriel|mail|e-mail)(?: électronique)?\b.{0,120}?"
    r"\b(?:confidentiel|destiné|intention exclusive)"
    r"|this (?:e-?mail|message)\b.{0,120}?\b(?:confidential|intended (?:only|solely)|privileged)"
    r"|(?:pensez à|avant d.imprimer|please consider) .{0,30}(?:environnement|environment|l.imprimer)"
    r"|(?:confidentiality|legal|privacy) notice\b|disclaimer\s*:|avertissement\s*:.{0,80}confidentiel)",
    re.IGNORECASE,
)
_prose = re.compile(r"(?:\S+\s+){6,}\S+[.!?…]\s*")


def without_signature(lines: list[Line], name: str) -> list[Line]:
    """The lines above the signature of a person of this name."""
    words = [line for line in lines if not line.signs]
    if any(not line.is_blank for line in words):
        lines = words
    while (end := _end(lines, name)) is not None:
        lines = _without_rules(lines[:end])
    return lines


def _end(lines: list[Line], name: str) -> int | None:
    """The line that a signature begins at."""
    said = [line.text.strip()[:LOOKED_AT] for line in lines]
    spoken = [number for number, line in enumerate(lines) if not line.is_blank]
    if not spoken:
        return None
    for number in spoken[1:]:
        if _legal.match(" ".join(said[number : number + 2])):
            return number
    for number in spoken[-LONGEST:]:
        text, below = said[number], [said[other] for other in spoken if other > number]
        if _sent_from.fullmatch(text) and not _speak(below):
            return number
        if number == spoken[0]:
            if text == "--" and not _speak(below):
                return number
            continue
        if _delimiter.fullmatch(text) and not _speak(below):
            return number
        if _closing.fullmatch(text) and not _speak(below) and (below or not _says_something.match(text)):
            return number
        if lines[number - 1].is_blank and _is_name(text, name) and not _speak(below):
            return number
    return None


def _speak(below: list[str]) -> bool:
    """Whether the lines below are words, not a name, a job and where to call."""
    return any(_prose.fullmatch(text) for text in below)


def _is_name(text: str, name: str) -> bool:
    """Whether a line is the sender's name, or a part of it."""
    words, whole = _bare(text).split(), _bare(name).split()
    return 0 < len(words) <= 4 and all(word in whole for word in words)


def _bare(text: str) -> str:
    """Without case, accents and punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))


def _without_rules(lines: list[Line]) -> list[Line]:
    """Without the lines, dashes and blanks at the end."""
    end = len(lines)
    while end and _rule.fullmatch(lines[end - 1].text) and not lines[end - 1].pictures:
        end -= 1
    return lines[:end]
