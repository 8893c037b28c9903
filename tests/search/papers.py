"""Files with text in them, made by the tests: a PDF, and office files as small as they can be."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
T = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def pdf(text: str) -> bytes:
    """A PDF of one page that says this, in letters of Windows-1252."""
    said = b"BT /F1 12 Tf 72 720 Td (" + text.encode("cp1252") + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(said), said),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def zipped(parts: dict[str, str]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        for name, text in parts.items():
            into.writestr(name, text)
    return out.getvalue()


def docx(*paragraphs: str, head: str = "") -> bytes:
    said = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    xml = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{said}</w:body></w:document>'
    return zipped(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": xml, "word/vbaProject.bin": "macro"}
    )


def xlsx(*cells: str) -> bytes:
    said = "".join(f"<si><t>{each}</t></si>" for each in cells)
    return zipped(
        {"xl/sharedStrings.xml": f'<sst xmlns="{S}">{said}</sst>', "xl/worksheets/sheet1.xml": "<a>1</a>"}
    )


def pptx(*slides: str) -> bytes:
    return zipped(
        {
            f"ppt/slides/slide{n}.xml": f'<p xmlns:a="{A}"><a:p><a:r><a:t>{each}</a:t></a:r></a:p></p>'
            for n, each in enumerate(slides, 1)
        }
    )


def odt(*paragraphs: str) -> bytes:
    said = "".join(f"<text:p>{each[:3]}<text:span>{each[3:]}</text:span></text:p>" for each in paragraphs)
    return zipped({"content.xml": f'<office xmlns:text="{T}">{said}</office>'})
