"""The pictures that people of the demo company attach: drawn here, line by line, so that they are nobody else's."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

PAPER, INK, FIR, CLAY, GRID = "#fbfaf6", "#22302a", "#1f6b4a", "#b5532e", "#dcd9cf"
SIZE = (1200, 760)
DRIFT = [
    (0, 6.02),
    (60, 6.02),
    (120, 6.03),
    (180, 6.02),
    (185, 6.31),
    (200, 6.26),
    (215, 6.17),
    (240, 6.04),
    (300, 6.02),
]
"""Minutes since 7 o'clock, and millimetres, as they were measured at press 4."""


def drift() -> bytes:
    """The thickness at press 4 along a morning, with the break, as a PNG."""
    image, draw = _sheet()
    left, top, right, bottom = 110, 70, 1150, 660

    def place(minutes: float, thickness: float) -> tuple[float, float]:
        return left + minutes / 300 * (right - left), bottom - (thickness - 5.95) / 0.45 * (bottom - top)

    for tenth in range(60, 65):
        height = place(0, tenth / 10)[1]
        draw.line([(left, height), (right, height)], fill=GRID, width=2)
        draw.text((40, height - 12), f"{tenth / 10:.1f}".replace(".", ","), fill=INK, font_size=24)
    for hour in range(6):
        across = place(hour * 60, 6)[0]
        draw.line([(across, bottom), (across, bottom + 10)], fill=INK, width=3)
        draw.text((across - 18, bottom + 20), f"{7 + hour} h", fill=INK, font_size=24)
    draw.rectangle([place(170, 6.4), place(185, 5.95)], fill="#efe6dc")
    draw.text((place(170, 6.39)[0] - 70, top - 40), "la pause", fill=CLAY, font_size=26)
    points = [place(*each) for each in DRIFT]
    draw.line(points, fill=FIR, width=6, joint="curve")
    for across, height in points:
        draw.ellipse([across - 8, height - 8, across + 8, height + 8], fill=FIR)
    draw.line([(left, top), (left, bottom), (right, bottom)], fill=INK, width=3)
    return _png(image)


def shelter() -> bytes:
    """The place under the roof of platform 3, drawn by hand as it seems, as a PNG."""
    image, draw = _sheet()
    draw.rectangle([90, 110, 1110, 640], outline=INK, width=5)
    draw.text((110, 60), "Quai 3", fill=INK, font_size=34)
    draw.rectangle([150, 180, 640, 480], outline=FIR, width=6)
    for step in range(0, 490, 28):
        draw.line(
            [(150 + step, 180), (150 + max(0, step - 300), 180 + min(step, 300))], fill="#cfe3d6", width=3
        )
    draw.text((270, 310), "les bacs", fill=FIR, font_size=40)
    draw.text((350, 490), "4 m", fill=INK, font_size=28)
    draw.text((655, 310), "2,5 m", fill=INK, font_size=28)
    for bottle in range(5):
        across = 820 + bottle * 50
        draw.ellipse([across, 200, across + 36, 236], outline=CLAY, width=5)
    draw.text((815, 250), "gaz (vides)", fill=CLAY, font_size=28)
    draw.line([(90, 560), (1110, 560)], fill=GRID, width=4)
    draw.text((430, 580), "passage des chariots", fill=INK, font_size=28)
    return _png(image)


PICTURES: dict[str, Callable[[], bytes]] = {"drift": drift, "shelter": shelter}


def _sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", SIZE, PAPER)
    return image, ImageDraw.Draw(image)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
