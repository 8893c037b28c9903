"""Draws Terrain's icons for screens and notifications from its mark, by the system's Chromium.

Run by whoever changes the mark, never at install: `.venv/bin/python scripts/icons.py`.
"""

import re
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

WEB = Path(__file__).resolve().parent.parent / "terrain/web/static/web"
FIR = "#17603f"

mark = (WEB / "mark.svg").read_text()
lines = re.search(r'd="([^"]+)"', mark)
assert lines


def drawn(ground: str, ink: str, scale: float) -> str:
    """The mark's lines on a square without round corners, so large: systems cut an icon as they like."""
    moved = 160 * (1 - scale)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320">'
        f'<rect width="320" height="320" fill="{ground}"/>'
        f'<path transform="translate({moved} {moved}) scale({scale})" fill="none" stroke="{ink}" stroke-width="17"'
        f' d="{lines[1]}"/></svg>'
    )


ICONS = {
    "192.png": (192, mark),
    "512.png": (512, mark),
    "512-maskable.png": (512, drawn(FIR, "#fff", 0.8)),
    "180-apple.png": (180, drawn(FIR, "#fff", 0.9)),
    # Android draws a badge by its transparency alone, in one colour and small.
    "badge.png": (96, drawn("none", "#fff", 1.2)),
}

(WEB / "icons").mkdir(exist_ok=True)
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    for name, (size, svg) in ICONS.items():
        page = browser.new_page(viewport={"width": size, "height": size})
        page.set_content(f"<style>*{{margin:0}} svg{{display:block;width:{size}px}}</style>{svg}")
        page.screenshot(path=WEB / "icons" / name, omit_background=True)
        page.close()
    browser.close()
