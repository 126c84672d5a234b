"""Numbers as Chinese official papers write them, and the tidying of a line before it is read."""

from __future__ import annotations

import re

_MOST_DIGITS = 9
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_DIGITS |= {
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_FULL_WIDTH: dict[int, int | str] = {0xFF10 + offset: ord("0") + offset for offset in range(10)}
_FULL_WIDTH |= {0xFF21 + offset: ord("A") + offset for offset in range(26)}
_FULL_WIDTH |= {0xFF41 + offset: ord("a") + offset for offset in range(26)}
_FULL_WIDTH |= {ord(char): " " for char in "\u3000\u00a0\u2002\u2003\u2009\t\v\f\r"}
_FULL_WIDTH |= {ord("．"): ".", ord("－"): "-", ord("／"): "/", ord("\ufe55"): ":"}
_FULL_WIDTH |= {ord(char): "" for char in "\u200b\u200c\u200d\ufeff\u00ad\u2060"}
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2014\u2018\u2019\u201c\u201d\u2026"
_STRAY_SPACE = re.compile(rf"(?<=[{_WIDE}]) +| +(?=[{_WIDE}])")

CHINESE = "零一二三四五六七八九〇○两壹贰叁肆伍陆柒捌玖十拾百佰千仟廿卅"
# A search tries every place of a text, and holds the interpreter lock meanwhile: a long run is begun near its start
# only, lest its cost grow with the square. Two places, as a pattern may not begin at the first: ``20__年``, ``第XX期``.
# Thousands are followed for five groups, which is more than a number that is read has.
NUMBER = rf"(?:\d{{1,3}}(?:[,，]\d{{3}}){{1,4}}|\d+|(?<![{CHINESE}]{{2}})[{CHINESE}]+)"
_OPEN = r"[Xx×✕╳＊*_＿?？□◯]"
BLANK = rf"(?<!{_OPEN}{_OPEN}){_OPEN}++(?: ++{_OPEN}++)*+"
_BLANK_ONLY = re.compile(rf"(?:{BLANK}|[○〇]{{2,}})?")


def plain(line: str) -> str:
    """Return a line with half-width digits, letters and spaces; Chinese punctuation stays as it is."""
    return line.translate(_FULL_WIDTH)


def tidy(text: str) -> str:
    """Return text without the stray spaces that typing leaves beside Chinese characters."""
    return _STRAY_SPACE.sub("", re.sub(r" {2,}", " ", plain(text).strip()))


def is_blank(text: str) -> bool:
    """Return whether the text is a place kept open: nothing, ``X``, ``××``, ``____`` and their like."""
    return _BLANK_ONLY.fullmatch(plain(text).strip()) is not None


def number(text: str) -> int | None:
    """Return the whole number that ``text`` writes (``80``, ``1,200``, ``二十三``, ``一二〇``), else ``None``."""
    text = plain(text).strip().replace(",", "").replace("，", "")
    if re.fullmatch(rf"[0-9]{{1,{_MOST_DIGITS}}}", text):
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text or any(char not in _DIGITS and char not in _TENS for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text)) if len(text) <= _MOST_DIGITS else None
    return _positional(text)


def _positional(text: str) -> int | None:
    total, pending, ceiling = 0, None, 10_000
    for char in text:
        if char in _DIGITS:
            if pending:
                return None
            pending = _DIGITS[char]
            continue
        unit = _TENS[char]
        if unit >= ceiling or (pending is None and (unit != 10 or total)) or (pending == 0 and unit != 10):
            return None
        total, pending, ceiling = total + (pending or 1) * unit, None, unit
    if pending and ceiling > 10 and "零" not in text and "〇" not in text:
        return None
    return total + (pending or 0)
