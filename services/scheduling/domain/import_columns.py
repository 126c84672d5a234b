"""What the columns of imported tables hold: their headings, and how a cell becomes a value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from services.scheduling.domain.lecturer import GRADE_NAMES
from services.scheduling.domain.scheme import FORM_NAMES

Cell = object
"""What a spreadsheet keeps in a cell; ``None`` is a blank one, ``Unusable`` one that is not what its sender sees."""
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z]{{2,}}")
_PHONE = re.compile(r"[0-9+()\- ]{3,40}")
_SEPARATORS = re.compile(r"[、，,；;\n]+")
_FLAGS = {"是": True, "有": True, "√": True, "y": True, "yes": True, "true": True, "1": True,
          "否": False, "无": False, "×": False, "n": False, "no": False, "false": False, "0": False}  # fmt: skip


class Unfit(ValueError):
    """A cell that cannot be taken; the words never repeat what may be personal."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


UNREADABLE = "#"


@dataclass(frozen=True, slots=True)
class Unusable:
    """A cell whose value is lost or another than it shows; the words say what to do."""

    zh: str
    en: str

    def __str__(self) -> str:
        return UNREADABLE


FAILED = Unusable("公式出错，没有结果，请改正", "its formula has failed; mend it")
UNCALCULATED = Unusable(
    "公式没有计算结果，请用Excel打开并保存，或改填数值", "its formula has no result; open and save it in Excel"
)
TAKEN_FOR_A_DAY = Unusable(
    "被Excel识别成日期或时间，请将单元格设为文本后重新填写", "taken for a date or time; format the cell as text"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, its heading, and how a filled cell is read. ``read`` raises ``Unfit``.

    ``also`` are other headings that people write for it.
    """

    field: str
    title: str
    read: Callable[[Cell], Any]
    required: bool = False
    example: str = ""
    also: tuple[str, ...] = ()


def text(most: int) -> Callable[[Cell], str]:
    """Return the reader of a text of at most ``most`` characters."""

    def read(cell: Cell) -> str:
        found = text_of(cell)
        if len(found) > most:
            raise Unfit(f"超过{most}字，请缩短", f"longer than {most} characters; shorten it")
        return found

    return read


def code(cell: Cell) -> str:
    """Read an identifier that people choose."""
    found = plain(cell)
    if not _CODE.fullmatch(found):
        raise Unfit(
            "只能用字母、数字、点、下划线和连字符（80个以内）", "write letters, digits, . _ - and at most 80 of them"
        )
    return found


def whole(least: int, most: int) -> Callable[[Cell], int]:
    """Return the reader of a whole number within bounds."""

    def read(cell: Cell) -> int:
        found = plain(cell)
        if not re.fullmatch(r"[0-9]{1,9}", found) or not least <= int(found) <= most:
            raise Unfit(f"应为{least}至{most}的整数", f"write a whole number from {least} to {most}")
        return int(found)

    return read


def choice(words: Mapping[str, tuple[str, str]]) -> Callable[[Cell], str]:
    """Return the reader of one word out of some, as people or as the platform writes it."""
    known = {name: key for key, names in words.items() for name in (key, *names, *names[0].split("、"))}

    def read(cell: Cell) -> str:
        found = known.get(text_of(cell))
        if found is None:
            choices = "、".join(zh for zh, _ in words.values())
            raise Unfit(f"只能填写：{choices}", f"write one of: {', '.join(words)}")
        return found

    return read


def flag(cell: Cell) -> bool:
    """Read yes or no."""
    found = _FLAGS.get(plain(cell).lower())
    if found is None:
        raise Unfit("请填写“是”或“否”", "write 是 (yes) or 否 (no)")
    return found


def several(cell: Cell) -> list[str]:
    """Read words with commas between them, each once."""
    found = list(dict.fromkeys(filter(None, (each.strip() for each in _SEPARATORS.split(text_of(cell))))))
    if not found:
        raise Unfit("只有分隔符，没有内容；不改请留空", "nothing but commas; leave it blank to change nothing")
    if len(found) > 30 or any(len(each) > 40 for each in found):
        raise Unfit("最多30项，每项不超过40字，用顿号分隔", "at most 30 words of 40 characters, with commas between")
    return found


def email(cell: Cell) -> str:
    """Read an address."""
    found = plain(cell)
    if len(found) > 120 or not _EMAIL.fullmatch(found):
        raise Unfit("不是有效的邮箱地址", "no valid e-mail address")
    return found


def phone(cell: Cell) -> str:
    """Read a telephone or fax number."""
    found = plain(cell)
    if not _PHONE.fullmatch(found):
        raise Unfit("不是有效的号码", "no valid number")
    return found


def text_of(cell: Cell) -> str:
    """Return a cell as text; numbers a spreadsheet keeps as 12.0 are 12."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def plain(cell: Cell) -> str:
    """Return a cell as text with full-width letters and digits made plain."""
    return unicodedata.normalize("NFKC", text_of(cell)).strip()


LECTURERS = (
    Column("lecturer_id", "编号", code, required=True, example="wen", also=("教师编号",)),
    Column("name", "姓名", text(40), required=True, example="文振华"),
    Column("grade", "职称等级", choice(GRADE_NAMES), required=True, example="正高级"),
    Column("organisation", "单位", text(100), required=True, example="市委党校", also=("工作单位", "所在单位")),
    Column("post", "职务", text(100), example="教授"),
    Column("expertise", "专长", several, example="国家治理、基层党建"),
    Column("out_of_town", "外地", flag, example="否"),
    Column("active", "在用", flag, example="是"),
    Column("phone", "电话", phone, also=("联系电话", "手机", "手机号", "手机号码", "电话号码")),
    Column("email", "邮箱", email, also=("电子邮箱", "电子邮件", "邮件", "E-mail", "Email", "e-mail", "email")),
    Column("fax", "传真", phone, also=("传真号码",)),
)
ROOMS = (
    Column("room_id", "编号", code, required=True, example="r201", also=("教室编号",)),
    Column("campus_id", "校区编号", code, required=True, example="main"),
    Column("title", "名称", text(200), required=True, example="第一报告厅", also=("教室名称",)),
    Column("capacity", "容量", whole(1, 10_000), required=True, example="120"),
    Column("kind", "类型", code, example="classroom"),
)
COURSES = (
    Column("programme_ordinal", "班次", whole(1, 10_000), required=True, example="1"),
    Column("module", "模块", text(200), required=True, example="理论武装"),
    Column("title", "课程", text(200), required=True, example="治理体系和治理能力现代化", also=("课程名称",)),
    Column("form", "形式", choice(FORM_NAMES), example="讲授"),
    Column("hours", "学时", whole(1, 200), required=True, example="4"),
    Column("expertise", "专长", several, example="国家治理"),
    Column("morning", "宜上午", flag, example="是"),
    Column("room_kind", "教室类型", code),
)
TABLES: Mapping[str, tuple[Column, ...]] = {"lecturers": LECTURERS, "rooms": ROOMS, "courses": COURSES}
TITLES = {"lecturers": "师资", "rooms": "教室", "courses": "课程"}
