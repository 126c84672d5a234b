"""Citizen identity numbers. Source: GB 11643-1999, check character by ISO 7064 MOD 11-2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.enrollment.domain.wording import Refusal, Sentence

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_OLDEST = date(1900, 1, 1)

# Province-level prefixes of GB/T 2260. Only these are compared, and only to warn: tables of districts age, and
# numbers given under an abolished or a new code are genuine.
_PROVINCES = frozenset(
    f"{tens}{ones}"
    for tens, last in ((1, 5), (2, 3), (3, 7), (4, 6), (5, 4), (6, 5), (7, 1), (8, 3))
    for ones in range(0 if tens == 5 else 1, last + 1)
)


@dataclass(frozen=True, slots=True)
class CitizenId:
    """A number that holds: 18 characters, a real birth date, the right check character."""

    number: str
    born_on: date
    sex: Literal["male", "female"]
    warnings: tuple[Sentence, ...] = ()


def check_character(first_17: str) -> str:
    """Return the check character that belongs to the first 17 digits."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True)) % 11]


def read_citizen_id(text: str, today: date) -> CitizenId:
    """Return the number as it is stored (capital ``X``), or raise ``Refusal`` saying which part is wrong.

    A 15-digit number is refused: it has no check character and has been out of use since 2013. An unknown region is
    only a warning. The sentences never repeat the number. ``today`` is the city's day: nobody is born after it.
    """
    number = text.strip().upper()
    if len(number) == 15 and number.isdigit():
        raise Refusal(
            "id-15-digits",
            "身份证号是15位旧号码，请填写18位公民身份号码",
            "the ID number has the old 15 digits; give the 18-character number",
        )
    if len(number) != 18:
        raise Refusal(
            "id-length",
            f"身份证号应为18位，现为{len(number)}位，请核对是否漏填或多填",
            f"an ID number has 18 characters, this one has {len(number)}; look for a missing or an extra one",
        )
    if not _SHAPE.fullmatch(number):
        raise Refusal(
            "id-characters",
            "身份证号前17位只能是数字，末位只能是数字或X，请检查是否混入字母、空格或符号",
            "the first 17 characters of an ID number are digits and the last is a digit or X; remove anything else",
        )
    born_on = _birth_date(number[6:14], today)
    right = check_character(number[:17])
    if number[17] != right:
        raise Refusal(
            "id-check",
            f"身份证号校验码不符：按前17位计算末位应为{right}，现为{number[17]}，请对照身份证核对全部数字",
            f"the ID number's last character should be {right} by the other 17, not {number[17]}; compare every digit",
        )
    return CitizenId(number, born_on, "male" if int(number[16]) % 2 else "female", _region_warnings(number))


def _birth_date(digits: str, today: date) -> date:
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        born_on = None
    if born_on is None or not _OLDEST <= born_on <= today:
        raise Refusal(
            "id-birth-date",
            "身份证号第7至14位不是有效的出生日期，请核对",
            "characters 7 to 14 of the ID number are no possible birth date; compare them with the card",
        )
    return born_on


def _region_warnings(number: str) -> tuple[Sentence, ...]:
    if number[:2] in _PROVINCES:
        return ()
    return (
        Sentence(
            f"身份证号前两位{number[:2]}不在行政区划代码表中，请核对（不影响报名）",
            f"the ID number begins with {number[:2]}, which is no known region; please check (not an obstacle)",
        ),
    )
