"""Documents the platform writes itself, as .docx: a table on a page, or reports bound into one.

The XML is written in one go: python-docx takes a search for every cell it adds. Typefaces are those of GB/T 9704-2012
by name; none is embedded, since they are licensed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

_TITLE_FONT, _TEXT_FONT, _HEADING_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体"
_TITLE, _TEXT, _SMALL = 44, 32, 21
"""Sizes in half-points: 2号, 3号 and 五号."""


@dataclass(frozen=True)
class Chapter:
    """One report of a collection."""

    title: str
    byline: str
    paragraphs: Sequence[str]


def table_document(title: str, heading: Sequence[str], rows: Iterable[Sequence[object]], note: str = "") -> bytes:
    """Return a document with one table; ``note`` stands below it."""
    lines = [_row(heading, bold=True), *(_row([str(cell) for cell in row]) for row in rows)]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{'<w:gridCol/>' * len(heading)}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )
    body = [_paragraph(title, _TITLE_FONT, _TITLE, centred=True), table]
    if note:
        body.append(_paragraph(note, _TEXT_FONT, _SMALL))
    return _document(body, landscape=True)


def collection_document(title: str, subtitle: str, chapters: Sequence[Chapter]) -> bytes:
    """Return reports bound into one document: a title page, the contents with links, and each on a page of its own."""
    body = [
        *[_paragraph("", _TEXT_FONT, _TEXT)] * 6,
        _paragraph(title, _TITLE_FONT, _TITLE, centred=True),
        _paragraph(subtitle, _TEXT_FONT, _TEXT, centred=True),
        _paragraph("目　录", _HEADING_FONT, _TEXT, centred=True, on_new_page=True),
    ]
    body += [_entry(number, chapter) for number, chapter in enumerate(chapters, 1)]
    for number, chapter in enumerate(chapters, 1):
        body.append(_heading(number, chapter.title))
        if chapter.byline:
            body.append(_paragraph(chapter.byline, _TEXT_FONT, _TEXT, centred=True))
        body += [_paragraph(text, _TEXT_FONT, _TEXT, indented=True) for text in chapter.paragraphs if text.strip()]
    return _document(body, landscape=False)


def _document(body: Iterable[str], *, landscape: bool) -> bytes:
    document = Document()
    parsed = parse_xml(f"<w:body {nsdecls('w')}>{''.join(body)}</w:body>")
    section = document.element.body.find(qn("w:sectPr"))
    for element in list(parsed):
        section.addprevious(element)
    # A4 with the margins of GB/T 9704-2012: 37, 26, 35 and 28 mm, in twentieths of a point.
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    width, height = ("16838", "11906") if landscape else ("11906", "16838")
    size.set(qn("w:w"), width)
    size.set(qn("w:h"), height)
    if landscape:
        size.set(qn("w:orient"), "landscape")
    for side, twips in (("top", "2098"), ("right", "1474"), ("bottom", "1984"), ("left", "1587")):
        margins.set(qn(f"w:{side}"), twips)
    properties = document.core_properties
    properties.author, properties.comments = "", ""
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - python-docx takes naive UTC
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _row(cells: Sequence[str], *, bold: bool = False) -> str:
    head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if bold else "<w:trPr><w:cantSplit/></w:trPr>"
    font = _HEADING_FONT if bold else _TEXT_FONT
    filled = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{_paragraph(cell, font, _SMALL)}</w:tc>'
        for cell in cells
    )
    return f"<w:tr>{head}{filled}</w:tr>"


def _paragraph(
    text: str, font: str, size: int, *, centred: bool = False, indented: bool = False, on_new_page: bool = False
) -> str:
    properties = "<w:pageBreakBefore/>" if on_new_page else ""
    properties += '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if indented else ""
    properties += '<w:jc w:val="center"/>' if centred else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{_run(text, font, size)}</w:p>"


def _heading(number: int, title: str) -> str:
    mark = f'<w:bookmarkStart w:id="{number}" w:name="report_{number}"/>'
    return (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:pageBreakBefore/><w:jc w:val="center"/></w:pPr>'
        f'{mark}{_run(title, _TITLE_FONT, _TITLE)}<w:bookmarkEnd w:id="{number}"/></w:p>'
    )


def _entry(number: int, chapter: Chapter) -> str:
    words = f"{number}. {chapter.title}" + (f"　{chapter.byline}" if chapter.byline else "")
    return (
        f'<w:p><w:pPr/><w:hyperlink w:anchor="report_{number}" w:history="1">'
        f"{_run(words, _TEXT_FONT, _TEXT)}</w:hyperlink></w:p>"
    )


def _run(text: str, font: str, size: int) -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>'
    properties = f'<w:rPr>{fonts}<w:color w:val="000000"/><w:sz w:val="{size}"/></w:rPr>'
    lines = (f'<w:t xml:space="preserve">{escape(_printable(line))}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>"


def _printable(line: str) -> str:
    return "".join(each for each in line if each == "\t" or 32 <= ord(each) < 0xFFFE)
