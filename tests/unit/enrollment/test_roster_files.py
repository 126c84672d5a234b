"""Roster files as bytes: what is read, what is refused, and what goes back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from services.enrollment.domain.roster.heading import find_headings
from services.enrollment.domain.sheet import AboveLimit, BadCell, ReadLimits, RowNote, Sheet, Unreadable
from services.enrollment.plugins.roster_csv import READER as CSV
from services.enrollment.plugins.roster_xls import READER as XLS
from services.enrollment.plugins.roster_xlsx import READER as XLSX
from services.enrollment.readers import Readers
from shared.plugins import Registry
from shared.plugins.testing import PluginConformance

LIMITS = ReadLimits(unpacked_bytes=5_000_000, rows=100, columns=30, sheets=5)
XLS_FILE = Path(__file__).parent / "files" / "roster.xls"
HEADING = ["姓名", "身份证号", "职务"]


def workbook(rows: Sequence[Sequence[Any]], change: Callable[[Any], None] = lambda page: None) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "名单"
    for row in rows:
        page.append(list(row))
    change(page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def refusal_of(content: bytes, filename: str = "名单.xlsx", limits: ReadLimits = LIMITS) -> Unreadable:
    with pytest.raises(Unreadable) as refusal:
        Readers(Registry().discover()).read(content, filename, limits)
    return refusal.value


def test_merged_areas_hold_their_value_everywhere() -> None:
    def merge(page: Any) -> None:
        page.merge_cells("A1:C1")
        page.merge_cells("C3:C4")

    content = workbook([["名单"], HEADING, ["赵甲", "1", "科长"], ["钱乙", "2", None]], merge)
    [sheet] = XLSX.read(content, LIMITS)
    assert sheet.rows[0] == ["名单", "名单", "名单"]
    assert sheet.rows[3] == ["钱乙", "2", "科长"]


def test_hidden_sheets_are_left_out_and_several_rosters_are_read() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.title = "填表说明"
    for title in ("一班", "二班", "旧表"):
        book.create_sheet(title).append(HEADING)
    book["旧表"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    sheets = XLSX.read(out.getvalue(), LIMITS)
    assert [sheet.name for sheet in sheets] == ["填表说明", "一班", "二班"]
    assert [sheet.name for sheet, _ in find_headings(sheets)] == ["一班", "二班"]


def test_a_formula_without_a_result_is_marked_and_one_with_a_result_is_taken() -> None:
    content = workbook([HEADING, ["赵甲", "=1+1", "科长"]])
    [sheet] = XLSX.read(content, LIMITS)
    assert sheet.rows[1] == ["赵甲", BadCell("formula"), "科长"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")
    assert b"<v />" in page or b"<v></v>" in page or b"<v/>" in page
    calculated = page.replace(b"<v />", b"<v>7</v>").replace(b"<v></v>", b"<v>7</v>").replace(b"<v/>", b"<v>7</v>")
    [sheet] = XLSX.read(repacked(content, **{"xl/worksheets/sheet1.xml": calculated}), LIMITS)
    assert sheet.rows[1] == ["赵甲", 7, "科长"]


def test_the_old_format_is_read_with_dates_merged_heads_and_rounded_numbers() -> None:
    [sheet] = XLS.read(XLS_FILE.read_bytes(), LIMITS)
    [(_, heading)] = find_headings([sheet])
    assert set(heading.columns) == {"number", "name", "id_number", "born", "post", "programme", "term"}
    first, second = sheet.rows[heading.first_data_row : heading.first_data_row + 2]
    assert str(first[heading.columns["born"]]).startswith("1980-01-01")
    assert isinstance(second[heading.columns["id_number"]], float)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_text_is_read_in_every_usual_encoding_and_with_every_sign(encoding: str, sign: str) -> None:
    text = sign.join(HEADING) + "\r\n" + sign.join(["赵甲", "1", f'"科长{sign}兼"']) + "\r\n\r\n"
    [sheet] = CSV.read(text.encode(encoding), LIMITS)
    assert list(sheet.rows[0]) == HEADING
    assert list(sheet.rows[1]) == ["赵甲", "1", f"科长{sign}兼"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"   \r\n", "empty"),
        (b"%PDF-1.7\n...", "not-excel"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "not-excel"),
        (b"<html><table><tr><td>\xd0\xd5</td></tr></table></html>", "html"),
        (b"\x00\x01\x02\x03\xff\xfe\xfd" * 20, "not-excel"),
        (b"PK\x03\x04" + b"not really a zip" * 10, "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "_VBA_PROJECT_CUR".encode("utf-16-le"), "macros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le"), "not-excel"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_by_its_content(content: bytes, code: str) -> None:
    assert refusal_of(content).code == code


def test_macros_other_archives_and_entities_are_refused() -> None:
    plain = workbook([HEADING])
    assert refusal_of(repacked(plain, **{"xl/vbaProject.bin": b"x"})).code == "macros"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal_of(out.getvalue()).code == "not-excel"
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    assert refusal_of(repacked(plain, **{"xl/worksheets/sheet1.xml": laughs})).code == "entities"
    wide = laughs.decode().encode("utf-16")
    assert refusal_of(repacked(plain, **{"xl/worksheets/sheet1.xml": wide})).code == "entities"
    assert refusal_of(plain[: len(plain) // 2]).code == "broken"


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = repacked(workbook([HEADING]), **{"xl/media/image1.bin": bytes(20_000_000)})
    assert len(bomb) < 100_000
    refusal = refusal_of(bomb)
    assert isinstance(refusal, AboveLimit)
    assert refusal.code == "unpacked-size"


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(repacked(workbook([HEADING]), **{"xl/media/image1.bin": bytes(20_000_000)}))
    true, small = (20_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert content.count(true) >= 1
    assert refusal_of(bytes(content.replace(true, small))).code in {"broken", "unpacked-size"}


def test_rows_columns_and_sheets_are_limited() -> None:
    rows = [HEADING, *(["赵甲", str(row), "科长"] for row in range(99))]
    assert len(XLSX.read(workbook(rows), LIMITS)[0].rows) == 100
    assert refusal_of(workbook([*rows, ["钱乙"]])).code == "rows"
    text = "\n".join(",".join(row) for row in [*rows, ["钱乙", "x", "y"]]).encode()
    assert refusal_of(text, "名单.csv").code == "rows"

    def far(page: Any) -> None:
        page.cell(1_000_000, 1).value = "x"

    assert refusal_of(workbook([HEADING], far)).code == "stray-row"

    def wide(page: Any) -> None:
        page.cell(1, 16_000).value = "x"

    [sheet] = XLSX.read(workbook([HEADING], wide), LIMITS)
    assert len(sheet.rows[0]) <= LIMITS.columns
    book = Workbook()
    for number in range(6):
        book.create_sheet(str(number))
    out = io.BytesIO()
    book.save(out)
    assert refusal_of(out.getvalue()).code == "sheets"


NOTES = {
    ("名单", 3): RowNote("有误，未导入", "【错误】“身份证号”：应为18位", "bad"),
    ("名单", 4): RowNote("通过", "", "good"),
}


def test_the_annotated_copy_keeps_the_layout_and_adds_two_columns() -> None:
    def dress(page: Any) -> None:
        page.merge_cells("A1:C1")
        page["A1"].font = Font(size=20)
        page.column_dimensions["B"].width = 33

    content = workbook([["花名册"], HEADING, ["赵甲", "1", "科长"], ["钱乙", "2", "=1+1"]], dress)
    sheets = XLSX.read(content, LIMITS)
    page = load_workbook(io.BytesIO(XLSX.annotate(content, sheets, NOTES, {"名单": 2}))).active
    assert page is not None
    assert [str(area) for area in page.merged_cells.ranges] == ["A1:C1"]
    assert page["A1"].font.sz == 20
    assert page.column_dimensions["B"].width == 33
    assert (page["D2"].value, page["E2"].value) == ("校验结果", "校验说明")
    assert (page["D3"].value, page["D4"].value) == ("有误，未导入", "通过")
    assert page["D3"].fill.start_color.rgb == "FFF8CBAD"
    assert page["C4"].value is None, "formulas of the sender are not handed on"


def sheet_of(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_a_few_bytes_that_stand_for_millions_of_cells_come_back_as_the_rows_alone() -> None:
    content = workbook([["花名册"], HEADING, ["赵甲", "1", "科长"]], lambda page: page.merge_cells("L1:M1"))
    grown = sheet_of(content).replace(b"L1:M1", b"L1:XFD1048576")
    bomb = repacked(content, **{"xl/worksheets/sheet1.xml": grown})
    sheets = XLSX.read(bomb, LIMITS)
    page = load_workbook(io.BytesIO(XLSX.annotate(bomb, sheets, NOTES, {"名单": 2}))).active
    assert page is not None
    assert (page.max_row, page.max_column) == (4, 5)
    assert page["D3"].value == "有误，未导入"


def test_a_row_wider_than_any_sheet_is_refused() -> None:
    content = workbook([HEADING])
    wide = sheet_of(content).replace(b"</sheetData>", b"<row>" + b"<c/>" * 16_385 + b"</row></sheetData>")
    assert refusal_of(repacked(content, **{"xl/worksheets/sheet1.xml": wide})).code == "broken"


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://x")', "+cmd|' /C calc'!A0", "-2+3+cmd|x", "@SUM(A1)", "\t=1"])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(evil: str) -> None:
    content = f'姓名,身份证号,职务\n赵甲,1,"{evil.replace(chr(34), chr(34) * 2)}"\n'.encode()
    sheets = CSV.read(content, LIMITS)
    page = load_workbook(io.BytesIO(CSV.annotate(content, sheets, {}, {"名单": 1}))).active
    assert page is not None
    assert page["C2"].data_type == "s"
    assert str(page["C2"].value).startswith("'")


def test_a_file_without_a_workbook_of_its_own_comes_back_as_one() -> None:
    for reader, content, heading in (
        (CSV, "姓名,身份证号\n赵甲,1\n钱乙,2\n丁,3".encode("gbk"), 1),
        (XLS, XLS_FILE.read_bytes(), 3),
    ):
        sheets: list[Sheet] = reader.read(content, LIMITS)
        notes = {(sheets[0].name, heading + 1): RowNote("通过", "", "good")}
        page = load_workbook(io.BytesIO(reader.annotate(content, sheets, notes, {sheets[0].name: heading}))).active
        assert page is not None
        values = [cell.value for cell in page[heading]]
        assert values[-2:] == ["校验结果", "校验说明"]
        assert "通过" in [cell.value for cell in page[heading + 1]]


class TestXlsxRosters(PluginConformance):
    plugin = "importers/roster_xlsx"


class TestXlsRosters(PluginConformance):
    plugin = "importers/roster_xls"


class TestCsvRosters(PluginConformance):
    plugin = "importers/roster_csv"
