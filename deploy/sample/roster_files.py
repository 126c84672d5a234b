"""Rosters as units really send them: four layouts, two file types, and the usual mistakes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from deploy.sample.people import Person

_MADE = datetime(2020, 4, 1, 9, 0, 0)  # noqa: DTZ001 (a workbook stores naive times)


@dataclass(frozen=True)
class Line:
    """One line of a roster: a person, for a term of a programme, perhaps with a question."""

    person: Person
    programme_ordinal: int
    programme_title: str
    term: int
    question: str = ""
    case: str = ""


_PLAIN = "序号 姓名 性别 民族 出生年月 政治面貌 学历 工作单位 职务 职级 身份证号 手机号 班次 期次 重点难点问题 典型案例"
_GROUPS = (("B3:E3", "基本情况"), ("F3:G3", "职务职级"), ("H3:I3", "证件及联系方式"), ("J3:K3", "参加班次"))
_MERGED = (
    "姓名 性别 出生年月 政治面貌 现任职务 现职级 公民身份号码 联系电话 培训班名称 第几期 关心的重点难点问题 典型案例"
)
_NUMBERED = "姓名 性别 单位 职务 职级 身份证号码 联系电话 班次序号 期次 备注 难点问题"
_GBK = "姓名 性别 民族 单位 职务 职级 身份证号 手机 培训班次 期 问题"


def _new_sheet() -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return book, sheet


def _plain(unit: str, lines: Sequence[Line]) -> Workbook:
    book, sheet = _new_sheet()
    sheet.title = "学员名单"
    sheet.append(_PLAIN.split())
    for number, line in enumerate(lines, 1):
        who = line.person
        person = [
            number,
            who.name,
            who.sex,
            "汉族",
            f"{who.born:%Y.%m}",
            who.party,
            who.study,
            unit,
            who.post,
            who.rank,
        ]
        sheet.append([*person, who.id_number, who.phone, line.programme_title, line.term, line.question, line.case])
    return book


def _merged(unit: str, lines: Sequence[Line]) -> Workbook:
    book, sheet = _new_sheet()
    sheet.append([f"{unit}参加2020年公务员培训人员花名册"])
    sheet.append([f"填报单位（盖章）：{unit}", None, None, None, None, None, "填报日期：2020年4月1日"])
    sheet.append([])
    sheet.append([None, *_MERGED.split()])
    sheet["A3"], sheet["L3"] = "序号", "问题与案例"
    for area, title in _GROUPS:
        sheet[area.split(":")[0]] = title
    for area in ("A1:M1", "A3:A4", "L3:M3", *(area for area, _ in _GROUPS)):
        sheet.merge_cells(area)
    sheet["A1"].font = Font(size=16, bold=True)
    for row in sheet["A1:M4"]:
        for cell in row:
            cell.alignment = Alignment(horizontal="center", vertical="center")
    for number, line in enumerate(lines, 1):
        who = line.person
        person = [
            number,
            _spread(who.name),
            who.sex,
            f"{who.born.year}年{who.born.month}月",
            who.party,
            f" {who.post}　",
        ]
        training = [line.programme_title, f"第{line.term}期", line.question, line.case]
        sheet.append([*person, who.rank, who.id_number, who.phone, *training])
    sheet.append([])
    sheet.append(["填表人：办公室　　审核人：分管领导"])
    for column in range(1, 14):
        sheet.column_dimensions[get_column_letter(column)].width = 16
    return book


def _numbered(unit: str, lines: Sequence[Line]) -> Workbook:
    book, sheet = _new_sheet()
    sheet.append(["附件1"])
    sheet.append([f"{unit}推荐学员名册"])
    sheet.append([])
    sheet.append(_NUMBERED.split())
    for line in lines:
        who = line.person
        number = f"{who.id_number[:6]} {who.id_number[6:14]} {who.id_number[14:]}"
        phone = f"{who.phone[:3]}-{who.phone[3:7]}-{who.phone[7:]}"
        training = [line.programme_ordinal, line.term, "", line.question]
        sheet.append([who.name, who.sex, unit, who.post, who.rank, number, phone, *training])
    return book


def _gbk_text(unit: str, lines: Sequence[Line]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_GBK.split())
    for line in lines:
        who = line.person
        person = [who.name, who.sex, "汉族", unit, who.post, who.rank, who.id_number + "\t", who.phone + "\t"]
        writer.writerow([*person, line.programme_title, line.term, line.question])
    return text.getvalue().encode("gb18030")


def _spread(name: str) -> str:
    """Two-character names are often stretched with a full-width space so that columns line up."""
    return f"{name[0]}　{name[1]}" if len(name) == 2 else name


def write(folder: Path, slug: str, unit: str, layout: int, lines: Sequence[Line]) -> Path:
    """Write one unit's roster in one of the four layouts; return its path."""
    if layout % 4 == 3:
        path = folder / f"{slug}.csv"
        path.write_bytes(_gbk_text(unit, lines))
        return path
    book = (_plain, _merged, _numbered)[layout % 4](unit, lines)
    book.properties.created = book.properties.modified = _MADE
    book.properties.creator = unit
    path = folder / f"{slug}.xlsx"
    book.save(path)
    return path
