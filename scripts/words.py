"""Gathers the words of the interface from the source into each folder's catalogues, and tells which lack a translation.

What is new in the source comes in without a translation, what is gone goes, what changed is new: nothing is guessed.
Only a sentence that another folder says word for word brings its translation along.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ["fr"]
"""English is the source, and needs no catalogue."""

KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# As in terrain/web/rendering.py.
TEMPLATES = {
    "extensions": "jinja2.ext.i18n",
    "trimmed": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
}

HEADER = """\
# The words of terrain/{folder}, in the language "{language}". How to change them: docs/languages.md.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def folders() -> list[str]:
    """Every folder that may have words of its own: Django finds catalogues in the parts of the house alone."""
    return sorted(path.parent.name for path in ROOT.glob("terrain/*/apps.py"))


def catalogue_path(folder: str, language: str) -> Path:
    """Where the words of this folder are, in this language."""
    return ROOT / f"terrain/{folder}/locale/{language}/LC_MESSAGES/django.po"


def said_in(folder: str) -> Catalog:
    """What the templates and the Python of this folder say, in English."""
    said = Catalog()
    for path in sorted((ROOT / "terrain" / folder).rglob("*")):
        if "templates" in path.parts and path.is_file():
            found = extract_from_file("jinja2.ext:babel_extract", path, KEYWORDS, options=TEMPLATES)
        elif path.suffix == ".py" and "migrations" not in path.parts:
            found = extract_from_file("python", path, KEYWORDS)
        else:
            continue
        for line, words, _comments, context in found:
            said.add(words, None, [(path.relative_to(ROOT).as_posix(), line)], context=context)
    return said


def translated(folder: str, language: str) -> Catalog:
    """The catalogue of this folder as it is; an empty one where there is none."""
    path = catalogue_path(folder, language)
    if not path.exists():
        return Catalog(language)
    with path.open("rb") as lines:
        return read_po(lines, locale=language, abort_invalid=True)


def is_complete(message: Message) -> bool:
    """Whether every form of it is translated, by somebody rather than by a guess."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms) and not message.fuzzy


def bring_up_to_date(folder: str, language: str, elsewhere: list[Message]) -> list[Message]:
    """Write the catalogue of a folder anew; returns what it still lacks.

    `elsewhere` is what any folder has translated already.
    """
    catalogue = translated(folder, language)
    catalogue.update(said_in(folder), no_fuzzy_matching=True, update_creation_date=False)
    known = {(message.context, message.id): message.string for message in elsewhere}
    for message in catalogue:
        if message.id and not is_complete(message):
            message.string = known.get((message.context, message.id), message.string)
    path = catalogue_path(folder, language)
    if not len(catalogue):
        path.unlink(missing_ok=True)
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_written(catalogue, folder, language))
    return [message for message in catalogue if message.id and not is_complete(message)]


def as_written(catalogue: Catalog, folder: str, language: str) -> bytes:
    """A catalogue as its file holds it: without dates and line numbers, in the order of the source."""
    out = BytesIO()
    out.write(HEADER.format(folder=folder, language=language, plurals=catalogue.plural_forms).encode())
    write_po(
        out,
        catalogue,
        width=0,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return out.getvalue()


def main() -> int:
    """Bring every catalogue up to date; 1 while anything lacks a translation."""
    lacking = 0
    for language in LANGUAGES:
        catalogues = [translated(folder, language) for folder in folders()]
        known = [message for each in catalogues for message in each if message.id and is_complete(message)]
        for folder in folders():
            for message in bring_up_to_date(folder, language, known):
                words = message.id if isinstance(message.id, str) else message.id[1]
                path = catalogue_path(folder, language).relative_to(ROOT)
                print(f"{path}: {words!r}" + (f" ({message.context})" if message.context else ""))
                lacking += 1
    print(f"{lacking} to translate" if lacking else "Everything is translated.")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
