"""Counting in a workbook's bytes what a parser would make of it."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from shared.spreadsheets import weight
from shared.spreadsheets.weight import MOST_TO_KEEP, Weight, weigh

SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def weight_of(content: bytes, before_end: bytes = b"", after_rows: bytes = b"", encoding: str = "utf-8") -> Weight:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == SHEET:
                part = part.replace(b"</sheetData>", before_end + b"</sheetData>" + after_rows)
                part = part.decode().encode(encoding)
            target.writestr(name, part)
    with zipfile.ZipFile(out) as archive:
        return weigh(archive)


def test_the_cells_of_a_table_are_counted_and_its_widest_row() -> None:
    found = weight_of(workbook((1, 2, 3), ("a",), (None, "b")))
    assert (found.cells, found.covered, found.widest) == (5, 0, 3)
    assert found.bears_layout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_blank_cells_written_down_count(encoding: str) -> None:
    found = weight_of(workbook((1,)), b"<row>" + b"<c/>" * 700 + b"</row>", encoding=encoding)
    assert (found.cells, found.widest) == (701, 700)


@pytest.mark.parametrize(
    "spanning",
    [
        b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        b"<mergeCells><x:mergeCell  ref = 'a1:xfd1048576' /></mergeCells>",
        b'<hyperlinks><hyperlink display="x" ref="$A$1:$XFD$1048576" /></hyperlinks>',
    ],
)
def test_what_an_area_covers_counts_however_it_is_written(spanning: bytes) -> None:
    found = weight_of(workbook((1,)), after_rows=spanning)
    assert found.covered == 16_384 * 1_048_576
    assert not found.bears_layout


def test_a_few_merged_cells_are_nothing_unusual() -> None:
    found = weight_of(workbook((1,)), after_rows=b'<mergeCells><mergeCell ref="A1:C2"/></mergeCells>')
    assert found.covered == 6
    assert found.bears_layout


def test_many_elements_are_too_many_whatever_they_are() -> None:
    assert not weight_of(workbook((1,)), b'<row ht="1"/>' * MOST_TO_KEEP).bears_layout


@pytest.mark.parametrize("block", [1, 7, 64, 1000])
def test_no_tag_is_missed_where_a_part_is_cut_into_blocks(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    content, area = workbook((1, 2), (3,)), b'<mergeCells><mergeCell ref="B2:D9"/></mergeCells>'
    whole = weight_of(content, after_rows=area)
    monkeypatch.setattr(weight, "_BLOCK", block)
    assert weight_of(content, after_rows=area) == whole
