"""One cell made clean: text, name, date, phone, identity number."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from services.enrollment.domain.sheet import BadCell, Cell
from services.enrollment.domain.wording import Refusal

_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")
_SCIENTIFIC = re.compile(r"[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+")
_LATIN = re.compile(r"[A-Za-z]")
_NOT_IN_NAMES = re.compile(r"[0-9０-９@#$%^&*=+<>/\\|?!:;\"]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[0-9]{2,3}[0-9]{7,8}")
_DATE = re.compile(r"([12][0-9]{3})\D{0,3}?(1[0-2]|0?[1-9])(?:\D{0,3}?(3[01]|[12][0-9]|0?[1-9]))?\D{0,3}")
_EMPTY = frozenset({"无", "/", "-", "—", "--", "——", "暂无", "none", "n/a", "\\"})


def text_of(cell: Cell) -> str:
    """Return a cell as text with its spaces put right; whole numbers lose their ``.0``. Raises ``Refusal``."""
    if isinstance(cell, BadCell):
        if cell.kind == "formula":
            raise Refusal(
                "formula",
                "单元格是公式且没有计算结果，请改为直接填写内容",
                "the cell is a formula without a result; type the value",
            )
        raise Refusal("cell-error", "单元格是错误值（如#N/A），请改为实际内容", "the cell holds an error such as #N/A")
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, (int, date)):
        return str(cell)
    return _SPACES.sub(" ", _INVISIBLE.sub("", cell)).strip()


def optional_text(cell: Cell) -> str:
    """Return a cell as text; a dash or 无 counts as empty."""
    text = text_of(cell)
    return "" if text.lower() in _EMPTY else text


def name_of(cell: Cell) -> str:
    """Return a person's name: spaces between Chinese characters go, one middle dot for all its look-alikes."""
    text = unicodedata.normalize("NFC", text_of(cell))
    if not _LATIN.search(text):
        text = _SPACES.sub("", text)
    text = re.sub(r"[•‧∙⋅・.．·]", "·", text).strip("·")
    if _NOT_IN_NAMES.search(text) or len(text) > 40:
        raise Refusal(
            "name",
            "姓名含有数字或符号，或超过40个字，请核对",
            "a name holds no digits or signs and at most 40 characters",
        )
    if len(text) < 2:
        raise Refusal(
            "name-missing", "姓名为空或只有一个字，请填写全名", "the name is empty or one character; give it in full"
        )
    return text


def id_text_of(cell: Cell) -> str:
    """Return an identity number as typed, without spaces. Raises ``Refusal`` when Excel has rounded it."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) >= 1e15:
        raise _rounded()
    text = unicodedata.normalize("NFKC", text_of(cell))
    if _SCIENTIFIC.fullmatch(text):
        raise _rounded()
    return re.sub(r"[\s'’‘`\-]", "", text).upper()


def phone_of(cell: Cell) -> str:
    """Return a phone number as digits, ``""`` when none is given. Raises ``Refusal`` when it cannot be one."""
    text = unicodedata.normalize("NFKC", optional_text(cell))
    if _SCIENTIFIC.fullmatch(text):
        raise Refusal(
            "phone", "手机号存成了科学记数，请把该列设为文本后重填", "the phone became a rounded number; format as text"
        )
    first = re.split(r"[/,;、，；]", text)[0]
    digits = re.sub(r"[\s\-()'’+]", "", first)
    digits = re.sub(r"^(0086|86)(?=1[3-9])", "", digits)
    if digits and not _MOBILE.fullmatch(digits) and not _LANDLINE.fullmatch(digits):
        raise Refusal(
            "phone",
            "联系电话应为11位手机号，或带区号的固定电话，请核对",
            "give an 11-digit mobile or a landline with its area code",
        )
    return digits


def month_of(cell: Cell) -> tuple[int, int] | None:
    """Return year and month of a birth date in any usual spelling, ``None`` when empty. Raises ``Refusal``."""
    if isinstance(cell, (date, datetime)):
        return cell.year, cell.month
    text = unicodedata.normalize("NFKC", optional_text(cell))
    if not text:
        return None
    if re.fullmatch(r"[12][0-9]{3}\.1", text):  # 1975.10 typed as a number has lost its zero
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        raise Refusal(
            "date",
            "出生年月无法识别，请写成1975.03或1975年3月",
            "the birth date cannot be read; write it as 1975.03 or 1975年3月",
        )
    return int(match.group(1)), int(match.group(2))


def sex_of(cell: Cell) -> str | None:
    """Return ``male``, ``female`` or ``None`` when empty. Raises ``Refusal`` for anything else."""
    text = optional_text(cell).lower()
    if not text:
        return None
    for value, words in (("male", ("男", "男性", "m", "male", "1")), ("female", ("女", "女性", "f", "female", "2"))):
        if text in words:
            return value
    raise Refusal("sex", "性别应填“男”或“女”", "the sex is 男 or 女")


def _rounded() -> Refusal:
    return Refusal(
        "id-rounded",
        "身份证号被Excel存成了数字，后三位已丢失；请先把该列设为“文本”格式，再重新输入全部18位",
        "Excel stored the ID number as a number and lost its last digits; format the column as text and type it again",
    )
