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
_PITCH = 580
"""22 lines on a page, in twentieths of a point."""
_LANDSCAPE = (16838, 11906)
_OFFICIAL = {"top": 2098, "right": 1474, "bottom": 1984, "left": 1587}
"""GB/T 9704-2012: 37, 26, 35 and 28 mm, in twentieths of a point."""
_NARROW = {"top": 1134, "right": 1134, "bottom": 1134, "left": 1134}


@dataclass(frozen=True)
class Chapter:
    """One report of a collection."""

    title: str
    byline: str
    paragraphs: Sequence[str]


def table_document(title: str, heading: Sequence[str], rows: Iterable[Sequence[object]], note: str = "") -> bytes:
    """Return a document with one table; ``note`` stands below it."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = _widths([list(heading), *cells])
    lines = [_row(heading, widths, bold=True), *(_row(row, widths) for row in cells)]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>'
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
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    width, height = _LANDSCAPE if landscape else _LANDSCAPE[::-1]
    size.set(qn("w:w"), str(width))
    size.set(qn("w:h"), str(height))
    if landscape:
        size.set(qn("w:orient"), "landscape")
    for side, twips in (_NARROW if landscape else _OFFICIAL).items():
        margins.set(qn(f"w:{side}"), str(twips))
    properties = document.core_properties
    properties.author, properties.comments = "", ""
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - python-docx takes naive UTC
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the widths of columns in twips: as the usual length of what stands in them asks, none too narrow."""
    columns = list(zip(*rows, strict=True))
    wanted = [min(30.0, max(5.0, sum(map(len, column)) / len(column), len(column[0]))) for column in columns]
    whole = _LANDSCAPE[0] - _NARROW["left"] - _NARROW["right"]
    return [int(whole * each / sum(wanted)) for each in wanted]


def _row(cells: Sequence[str], widths: Sequence[int], *, bold: bool = False) -> str:
    head = "<w:tblHeader/>" if bold else ""
    font = _HEADING_FONT if bold else _TEXT_FONT
    filled = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell, font, _SMALL)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{filled}</w:tr>"


def _paragraph(
    text: str, font: str, size: int, *, centred: bool = False, indented: bool = False, on_new_page: bool = False
) -> str:
    pitch = "" if size == _SMALL else f' w:line="{_PITCH}" w:lineRule="exact"'
    properties = "<w:pageBreakBefore/>" if on_new_page else ""
    properties += f'<w:spacing w:after="0"{pitch}/>'
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
