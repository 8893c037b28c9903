"""The papers hold: their links lead somewhere, and no file tells where it was written."""

import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.house.plan import ROOT, place, tracked

PAPERS = [path for path in tracked() if path.suffix == ".md"]
LINK = re.compile(r"\]\(([^)\s]+)\)|<img[^>]*\ssrc=\"([^\"]+)\"")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)

ELSEWHERE = [
    # In two pieces, or this file would name them too.
    *("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "crates" + ".io"),
    *("proxy.golang" + ".org", "/wo" + "rk/", "/ro" + "ot/", "/tmp" + "/plan", "/home" + "/"),
]
"""Hosts and folders of one machine, which say nothing on another."""


@pytest.mark.parametrize("paper", PAPERS, ids=place)
def test_a_link_leads_to_a_file_and_to_a_heading_of_it(paper: Path) -> None:
    text = FENCED.sub("", paper.read_text())
    for groups in LINK.findall(text):
        address = next(each for each in groups if each)
        if re.match(r"[a-z]+:", address):
            continue
        name, _, heading = address.partition("#")
        target = (paper.parent / unquote(name)).resolve() if name else paper
        assert target.exists(), address
        if heading and target.suffix == ".md":
            assert heading in headings(target), address


def headings(paper: Path) -> set[str]:
    """The anchors of a paper's headings, as they are made of their words."""
    lines = re.findall(r"^#+ (.+)$", FENCED.sub("", paper.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).strip().replace(" ", "-") for line in lines}


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = project["project"]["dependencies"] + project["dependency-groups"]["test"]
    names = {re.match(r"[\w.-]+", each)[0].lower() for each in asked}  # type: ignore[index]
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE)
    told = {re.sub(r"\s[\d.]+$", "", name.strip().lower()) for row in rows for name in row.split(",")}
    told = {"psycopg" if name == "psycopg 3" else name for name in told}
    assert {name for name in names if name not in told} == set()


def test_no_file_names_a_machine_or_a_registry() -> None:
    named = []
    for path in tracked():
        if path.suffix not in {".woff2", ".png", ".jpg", ".gz"}:
            text = path.read_text(errors="replace")
            named += [f"{place(path)}: {each}" for each in ELSEWHERE if each in text]
    assert named == []
