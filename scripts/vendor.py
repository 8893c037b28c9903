# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools>=4.60", "brotli>=1.1"]
# ///
"""Brings what others made and Terrain ships (Turbo, Lexical, fonts, icons) into the repository, and writes down whence.

Run by whoever upgrades one of them, never at install; needs npm and fontTools (`uv run scripts/vendor.py`):

    python scripts/vendor.py              bring what scripts/vendored/package.json names, as its lock file has it
    python scripts/vendor.py --upgrade    first write the lock file anew, after a version was changed

What comes out is the same byte for byte until a version changes. `VENDORED.json` records the name, version, licence and
integrity of every package and the sha256 of every file; `docs/vendored.md` says the same to people.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WANTED = ROOT / "scripts" / "vendored"
WEB = ROOT / "terrain" / "web"
SERVED = WEB / "static" / "web" / "vendor"
FONTS = WEB / "static" / "web" / "fonts"
ICONS = WEB / "icons.json"
FOR_TESTS = ROOT / "tests" / "browser" / "vendor"
RECORD = SERVED / "VENDORED.json"
TABLE = ROOT / "docs" / "vendored.md"

Package = dict[str, Any]

# Latin letters and signs of every page, French typography and the narrow no-break space included.
LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+0178,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212"
)
# Signs of French typography that the fonts lack, each drawn as one of the same shape that they have.
DRAWN_AS = {0x202F: 0x2009, 0x2011: 0x002D}

# The file to make, from which file of which package, the weights kept, the signs kept (all when empty).
FACES = [
    ("bricolage", "bricolage-grotesque", "latin-wght-normal", (600, 700), LATIN),
    ("bricolage-ext", "bricolage-grotesque", "latin-ext-wght-normal", (600, 700), "*"),
    ("atkinson", "atkinson-hyperlegible-next", "latin-wght-normal", (400, 700), LATIN),
    ("atkinson-ext", "atkinson-hyperlegible-next", "latin-ext-wght-normal", (400, 700), "*"),
    ("atkinson-italic", "atkinson-hyperlegible-next", "latin-wght-italic", (400, 700), LATIN),
]

# Some packages say their licence in one word only: the text, after their copyright line.
MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--upgrade", action="store_true", help="write the lock file anew first")
    upgrade = parser.parse_args().upgrade
    with tempfile.TemporaryDirectory() as place:
        modules = fetch(Path(place), upgrade=upgrade)
        for folder in (SERVED, FONTS, FOR_TESTS):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        made = {
            SERVED / "turbo.js": bundle(modules, "@hotwired/turbo", SERVED / "turbo.js"),
            SERVED / "lexical.js": bundle(modules, "./lexical.js", SERVED / "lexical.js"),
            FOR_TESTS / "axe.min.js": copy(modules, "axe-core", "axe.min.js", FOR_TESTS / "axe.min.js"),
            ICONS: icons(modules),
        }
        for name, family, cut, weights, signs in FACES:
            made[FONTS / f"{name}.woff2"] = face(modules, name, family, cut, weights, signs)
        record(modules, made)
    for line in table().splitlines():
        if line.startswith("|"):
            print(line)


def fetch(place: Path, *, upgrade: bool) -> Path:
    """Have npm install what is wanted in `place`, checked against the lock file; returns its node_modules."""
    for name in ("package.json", "package-lock.json", "lexical.js"):
        if (WANTED / name).exists():
            shutil.copy(WANTED / name, place)
    lock = place / "package-lock.json"
    if upgrade or not lock.exists():
        lock.unlink(missing_ok=True)
        npm(place, "install", "--package-lock-only", "--omit-lockfile-registry-resolved")
        shutil.copy(lock, WANTED)
    if '"resolved"' in lock.read_text():
        sys.exit("package-lock.json says where packages were fetched from; make it anew with --upgrade")
    npm(place, "ci")
    return place / "node_modules"


def npm(place: Path, *words: str) -> None:
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(["npm", *words, *quiet], cwd=place, check=True, stdout=subprocess.DEVNULL)


def bundle(modules: Path, entry: str, made: Path) -> list[str]:
    """One minified ES module of `entry` and all it imports; returns the packages that are in it."""
    told = modules.parent / "told.json"
    subprocess.run(
        [
            modules / ".bin" / "esbuild", entry, "--bundle", "--minify", "--format=esm", "--target=es2022",
            "--conditions=production", "--define:process.env.NODE_ENV=\"production\"", "--charset=utf8",
            "--legal-comments=none", "--log-level=warning", f"--outfile={made}", f"--metafile={told}",
        ],
        cwd=modules.parent,
        check=True,
    )  # fmt: skip
    [output] = json.loads(told.read_text())["outputs"].values()
    inside = [name for name, part in output["inputs"].items() if part["bytesInOutput"]]
    packages = sorted(
        {m[1] for name in inside if (m := re.match(r"node_modules/((?:@[^/]+/)?[^/]+)/", name))}
    )
    versions = ", ".join(f"{name} {version_of(modules, name)}" for name in packages if "signals" not in name)
    made.write_text(f"/* {versions}: see VENDORED.json and licences/ */\n{made.read_text()}")
    return packages


def copy(modules: Path, package: str, name: str, made: Path) -> list[str]:
    shutil.copyfile(modules / package / name, made)
    return [package]


def icons(modules: Path) -> list[str]:
    """The drawings of icons.txt, each without its <svg> around it."""
    drawings = {}
    for name in (WANTED / "icons.txt").read_text().split():
        text = (modules / "lucide-static" / "icons" / f"{name}.svg").read_text()
        inside = text[text.index(">", text.index("<svg")) + 1 : text.index("</svg>")]
        drawings[name] = re.sub(r"\s*/>", "/>", re.sub(r">\s+<", "><", inside.strip()))
    ICONS.write_text(json.dumps(drawings, indent=0) + "\n")
    return ["lucide-static"]


def face(modules: Path, name: str, family: str, cut: str, weights: tuple[int, int], signs: str) -> list[str]:
    """A variable font with the weights and signs that Terrain uses, and the French spaces it lacked."""
    # Imported by name: fontTools carries no types, and nothing but this script needs it.
    ttlib, subset, instancer = map(
        importlib.import_module, ("fontTools.ttLib", "fontTools.subset", "fontTools.varLib.instancer")
    )
    package = f"@fontsource-variable/{family}"
    font = ttlib.TTFont(modules / package / "files" / f"{family}-{cut}.woff2", recalcTimestamp=False)
    for table_ in font["cmap"].tables:
        for sign, like in DRAWN_AS.items():
            if table_.isUnicode() and like in table_.cmap:
                table_.cmap.setdefault(sign, table_.cmap[like])
    between = BytesIO()
    instancer.instantiateVariableFont(font, {"wght": weights}).save(between)
    font = ttlib.TTFont(between, recalcTimestamp=False)
    options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True, name_IDs=["*"])
    if signs != "*":
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=subset.parse_unicodes(signs.replace("U+", "")))
        subsetter.subset(font)
    subset.save_font(font, FONTS / f"{name}.woff2", options)
    return [package]


def version_of(modules: Path, package: str) -> str:
    return str(json.loads((modules / package / "package.json").read_text())["version"])


def licence_of(modules: Path, package: str) -> str:
    """The text of the licence a package comes under, with whose copyright it is."""
    for name in ("LICENSE", "LICENSE.md", "LICENSE.txt"):
        if (modules / package / name).exists():
            return (modules / package / name).read_text().strip() + "\n"
    about = json.loads((modules / package / "package.json").read_text())
    banner = re.search(r"Copyright ©.*", (modules / package / about["module"]).read_text()[:500])
    if about["license"] != "MIT" or not banner:
        sys.exit(f"{package} brings no licence text: see what it is under and say so here")
    return f"{banner[0]}\n\n{MIT}"


def record(modules: Path, made: dict[Path, list[str]]) -> None:
    """Write VENDORED.json, the licences beside what they cover, and the page for people."""
    lock = json.loads((modules.parent / "package-lock.json").read_text())["packages"]
    packages: list[Package] = []
    texts: dict[str, list[str]] = {}
    for name in sorted({name for names in made.values() for name in names}):
        about = json.loads((modules / name / "package.json").read_text())
        texts.setdefault(licence_of(modules, name), []).append(name)
        packages.append(
            {
                "name": name,
                "version": about["version"],
                "licence": about["license"],
                "integrity": lock[f"node_modules/{name}"]["integrity"],
                "files": sorted(str(path.relative_to(ROOT)) for path, names in made.items() if name in names),
            }
        )
    (SERVED / "licences").mkdir()
    for text, names in texts.items():
        kept = SERVED / "licences" / f"{min(names, key=len).strip('@').replace('/', '-')}.txt"
        kept.write_text(f"{', '.join(names)}\n\n{text}")
        for package in packages:
            if package["name"] in names:
                package["licence_text"] = str(kept.relative_to(ROOT))
    files = [weigh(path) for path in sorted(made)]
    RECORD.write_text(json.dumps({"packages": packages, "files": files}, indent=1, ensure_ascii=False) + "\n")
    TABLE.write_text(table())


def weigh(path: Path) -> Package:
    """A file's sha256, size, and size as it travels (fonts are compressed already)."""
    content = path.read_bytes()
    travels = len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 9))
    return {
        "path": str(path.relative_to(ROOT)),
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "compressed": travels,
    }


def table() -> str:
    """docs/vendored.md, from VENDORED.json."""
    kept = json.loads(RECORD.read_text())
    lines = [
        "# What Terrain borrows and ships",
        "",
        "Nothing here is fetched at install or from a page: `scripts/vendor.py` brought it into the repository.",
        "To upgrade: change a version in `scripts/vendored/package.json`, run `uv run scripts/vendor.py --upgrade`,",
        "look at the pages, commit. `terrain/web/static/web/vendor/VENDORED.json` has the hashes; a test holds them.",
        "",
        "| file | bytes | compressed |",
        "|---|--:|--:|",
        *(f"| `{file['path']}` | {file['bytes']:,} | {file['compressed']:,} |" for file in kept["files"]),
        "",
        "| package | version | licence |",
        "|---|---|---|",
        *(
            f"| {package['name']} | {package['version']} | [{package['licence']}](../{package['licence_text']}) |"
            for package in kept["packages"]
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
