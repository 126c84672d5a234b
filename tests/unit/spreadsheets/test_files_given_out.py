"""Workbooks and CSV files that the platform gives out: text stays text, and there is one way to make them."""

from __future__ import annotations

import ast
import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from shared.spreadsheets.csv_files import csv_table
from shared.spreadsheets.text import harmless
from shared.spreadsheets.workbooks import saved

ROOT = Path(__file__).parents[3]
KIT = ROOT / "shared" / "spreadsheets"
RUN = ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd|x", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1"]
RUN += ["＝1+1", "＋1+1", "－1+1", "＠SUM(A1)"]
PLAIN = ["-5", "+86 138 1234 5678", "科长", "2020-05-11", "甲＝乙", ""]


@pytest.mark.parametrize("evil", RUN)
def test_what_a_spreadsheet_would_run_is_text_in_every_kind_of_file(evil: str) -> None:
    kept = "'" + evil.replace("\x00", "")
    assert harmless(evil) == kept
    given = csv_table(["甲", evil], [[evil, None]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(given, newline=""))) == [["甲", kept], [kept, ""]]
    assert cells(evil) == [("s", kept)]


@pytest.mark.parametrize("text", PLAIN)
def test_numbers_and_plain_text_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
    assert csv_table(["甲"], [[text or None]]).decode("utf-8-sig") == f"甲\r\n{text or chr(34) * 2}\r\n"
    assert not text or cells(text) == [("s", text)]


def test_truth_and_numbers_are_written_as_people_read_them() -> None:
    assert csv_table(["a", "b", "c", "d"], [[True, False, None, -3]]) == "\ufeffa,b,c,d\r\n是,否,,-3\r\n".encode()


def test_a_cell_far_out_costs_no_cells_on_the_way_there() -> None:
    book = Workbook()
    assert book.active is not None
    book.active["XFD1048576"] = "=1"
    assert saved(book)


def test_a_workbook_or_csv_file_is_written_by_the_kit_alone() -> None:
    writers = {}
    for root in ("shared", "services", "gateway", "deploy"):
        for path in (ROOT / root).rglob("*.py"):
            if KIT not in path.parents and (found := writes_a_table(ast.parse(path.read_text("utf-8")))):
                writers[path.relative_to(ROOT).as_posix()] = found
    # Rosters made up for trying, with all the faults that units send.
    assert writers.pop("deploy/sample/roster_files.py") == {"csv.writer", "save"}
    assert not writers, "use shared.spreadsheets: what people typed must not run in a spreadsheet program"


def writes_a_table(tree: ast.Module) -> set[str]:
    """Return how a module writes tables itself: by csv, or by saving a book of openpyxl."""
    imported = {each.module for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    imported |= {alias.name for each in ast.walk(tree) if isinstance(each, ast.Import) for alias in each.names}
    called = {ast.unparse(each.func) for each in ast.walk(tree) if isinstance(each, ast.Call)}
    found = {name for name in called if name in ("csv.writer", "csv.DictWriter")}
    if "openpyxl" in imported and any(name.endswith(".save") for name in called):
        found.add("save")
    return found


def cells(value: str) -> list[tuple[str, object]]:
    """Return what stands in a workbook into which a text was put as a program would."""
    book = Workbook()
    assert book.active is not None
    if "\x00" in value:
        value = value.replace("\x00", "")  # openpyxl takes none
    book.active["A1"] = value
    page = load_workbook(io.BytesIO(saved(book))).active
    assert page is not None
    return [(cell.data_type, cell.value) for row in page.iter_rows() for cell in row]
