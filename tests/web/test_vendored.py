"""What Terrain borrows and ships is what the record says, byte for byte."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECORD = json.loads((ROOT / "terrain/web/static/web/vendor/VENDORED.json").read_text())


@pytest.mark.parametrize("file", RECORD["files"], ids=lambda file: str(file["path"]))
def test_a_borrowed_file_is_the_one_that_was_looked_at(file: dict[str, str]) -> None:
    assert hashlib.sha256((ROOT / file["path"]).read_bytes()).hexdigest() == file["sha256"]


def test_each_package_has_its_licence_beside_it() -> None:
    for package in RECORD["packages"]:
        assert (ROOT / package["licence_text"]).stat().st_size > 500, package["name"]
