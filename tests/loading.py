"""Files to open, built in memory: small ones of every kind, as people have them and as nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAD = "The minister said on Friday that the talks would go on until the end of the year."
SECOND = "“Nobody has walked away,” she told reporters in Geneva, where both sides have met since Monday."
THIRD = "Her colleague, who arrived last week, called the mood “better than in years” and left without more words."
PARAGRAPHS = (LEAD, SECOND, THIRD)
TITLE = "Talks go on in Geneva"


def page(
    *, body: str = "", head: str = "", title: str = TITLE, paragraphs: Iterable[str] = PARAGRAPHS, lang: str = "en"
) -> str:
    """A news page: an article among what stands around one."""
    text = body or "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/world">World</a></nav>'
        f'<article><h1>{title}</h1><div class="article-body">{text}</div></article>'
        "<footer><p>About us. Contact. Privacy.</p></footer></body></html>"
    )


@dataclass(frozen=True)
class Line:
    """A line of a PDF's page, from the lower left corner."""

    text: str
    y: float
    x: float = 72
    size: float = 11


def pdf(pages: Iterable[Iterable[Line]], *, info: str = "", trailer: str = "") -> bytes:
    """A PDF of these lines, in Helvetica."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
               "/Encoding /WinAnsiEncoding >>", f"<< {info} >>"]  # fmt: skip
    kids = []
    for lines in pages:
        drawn = "".join(f"BT /F1 {line.size} Tf {line.x} {line.y} Td ({_escaped(line.text)}) Tj ET\n" for line in lines)
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{one}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010d} 00000 n \n" for place in places).encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R {trailer} >>\n".encode()
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def column(lines: Iterable[str], *, top: float = 700, x: float = 72, size: float = 11, apart: float = 13) -> list[Line]:
    """Lines under one another; an empty one leaves half a line free, as between paragraphs."""
    found, y = [], top
    for line in lines:
        if line:
            found.append(Line(line, y, x, size))
        y -= apart if line else apart / 2
    return found


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def docx(
    paragraphs: Iterable[str] = PARAGRAPHS, *, body: str = "", declared: str = "", more: Mapping[str, str | bytes] = {}
) -> bytes:
    """A Word document of these paragraphs, or with this body."""
    text = body or "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs)
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": f'{declared}<w:document xmlns:w="{WORD}"><w:body>{text}</w:body></w:document>',
            **more,
        }
    )


def epub(
    chapters: Iterable[Iterable[str]] = (PARAGRAPHS,), *, said: str = "", more: Mapping[str, str | bytes] = {}
) -> bytes:
    """An e-book of these chapters."""
    texts = {
        f"OPS/c{i}.xhtml": "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head>"
        f"<title>x</title></head><body>{''.join(f'<p>{p}</p>' for p in paragraphs)}</body></html>"
        for i, paragraphs in enumerate(chapters)
    }
    items = "".join(
        f"<item id='c{i}' href='c{i}.xhtml' media-type='application/xhtml+xml'/>" for i in range(len(texts))
    )
    spine = "".join(f"<itemref idref='c{i}'/>" for i in range(len(texts)))
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
            "<rootfile full-path='OPS/book.opf'/></rootfiles></container>",
            "OPS/book.opf": "<package xmlns='http://www.idpf.org/2007/opf' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
            f"<metadata>{said}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
            **texts,
            **more,
        }
    )


def mail(body: str, *, kind: str = "text/plain; charset=utf-8", headers: str = "") -> bytes:
    """A mail with one part."""
    return (
        f"From: Ada Byron <ada@example.org>\nTo: b@example.org\nSubject: {TITLE}\n"
        f"Date: Wed, 09 Nov 2016 23:30:00 -0500\nMIME-Version: 1.0\nContent-Type: {kind}\n"
        f"Content-Transfer-Encoding: 8bit\n{headers}\n{body}"
    ).encode()


def samples() -> dict[str, bytes]:
    """One good file of every kind, by name."""
    return {
        "a.txt": "\n\n".join(PARAGRAPHS).encode(),
        "a.md": f"# {TITLE}\n\n{LEAD}\n\n> {SECOND}\n\n* [{THIRD}](http://example.org)\n".encode(),
        "a.html": page(
            head='<script type="application/ld+json">{"@type": "NewsArticle", "headline": "T"}</script>'
        ).encode(),
        "a.pdf": pdf([column([LEAD, "", "Second paragraph, with words."]), column(["Third page."])]),
        "a.docx": docx(),
        "a.eml": mail("\n\n".join(PARAGRAPHS)),
        "a.epub": epub(),
    }
