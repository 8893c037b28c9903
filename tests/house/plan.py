"""The plan of the house: its folders from the base up, as `pyproject.toml` has them, and the files in them."""

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "terrain"


def _levels() -> dict[str, int]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each.get("containers") == ["terrain"])
    return {
        folder.strip(): level for level, names in enumerate(reversed(layers)) for folder in names.split("|")
    }


LEVELS = _levels()
"""Each folder and how high it stands: `web` is 0; folders of one level are strangers."""


def may_know(folder: str, other: str) -> bool:
    """Whether a folder may know what another holds: itself, and all that stands below."""
    return folder == other or LEVELS[other] < LEVELS[folder]


def folder_of(path: Path) -> str:
    """The folder of the house that holds a file."""
    return path.relative_to(HOUSE).parts[0]


def place(path: Path) -> str:
    """A file as this house names it: `spaces/joining.py`; outside the house, from the root."""
    return path.relative_to(HOUSE if path.is_relative_to(HOUSE) else ROOT).as_posix()


def modules(folder: str = "*") -> list[Path]:
    """The Python files of the house that people write, migrations left out."""
    return sorted(path for path in HOUSE.glob(f"{folder}/**/*.py") if "migrations" not in path.parts)


def templates(folder: str = "*") -> list[Path]:
    """The templates of the house."""
    return sorted(path for path in HOUSE.glob(f"{folder}/templates/**/*") if path.is_file())


@cache
def tree(path: Path) -> ast.Module:
    """A Python file, taken apart."""
    return ast.parse(path.read_text())


@cache
def strings(path: Path) -> list[str]:
    """Every text in a Python file, docstrings included; the fixed pieces of f-strings each alone."""
    found = [node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)]
    return [each for each in found if isinstance(each, str)]


@cache
def tracked() -> list[Path]:
    """The files that belong to the project and are there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
