"""How the house reads: each folder and file opens with a sentence, and none is long."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.plan import HOUSE, LEVELS, ROOT, modules, place, templates, tree

LONGEST = 300
"""Lines in a file: beyond it, its subject becomes a folder."""

SAYING_NOTHING = re.compile(r"^_*(utils?|helpers?|common|misc|managers?|base|core)$")

EVERYWHERE = [*modules(), *sorted((ROOT / "bench").glob("*.py"))]
WITH_TESTS = [*EVERYWHERE, *sorted((ROOT / "tests").rglob("*.py"))]


def said(path: Path) -> str:
    """What a file says of itself."""
    return ast.get_docstring(tree(path)) or ""


@pytest.mark.parametrize("folder", LEVELS)
def test_a_folder_says_in_a_few_lines_what_lives_there_and_what_never_will(folder: str) -> None:
    opening = HOUSE / folder / "__init__.py"
    lines = opening.read_text().splitlines()
    assert 3 <= len(lines) <= 12
    assert tree(opening).body[1:] == [], "a folder's opening holds no code"
    assert re.search(r"\b(never|no|nothing)\b", said(opening), re.IGNORECASE), "and what never will"


def test_every_file_opens_with_one_sentence() -> None:
    mute = [place(path) for path in WITH_TESTS if not re.match(r"\S.*[.?]$", said(path).split("\n")[0])]
    assert mute == []


def test_no_file_is_long() -> None:
    lengths = {place(path): len(path.read_text().splitlines()) for path in EVERYWHERE}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_no_file_is_called_after_nothing() -> None:
    parts = {
        part for path in [*WITH_TESTS, *templates()] for part in path.relative_to(ROOT).with_suffix("").parts
    }
    assert {part for part in parts if SAYING_NOTHING.match(part)} == set()


def test_a_person_is_never_called_a_user() -> None:
    """WORDS has one word for each thing: Django's own names are the only exceptions."""
    names = set()
    for path in EVERYWHERE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
    django = {"get_user"}
    assert {name for name in names if re.search(r"user", name, re.IGNORECASE)} <= django
