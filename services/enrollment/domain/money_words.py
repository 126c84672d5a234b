"""Amounts as Chinese receipts write them: in capital numerals that nobody can alter."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


def capitals(fen: int) -> str:
    """Return an amount above or at zero in capitals: 1842500 fen is 壹万捌仟肆佰贰拾伍元整."""
    if fen < 0:
        raise ValueError(f"an amount on a receipt is not below zero: {fen}")
    whole, cents = divmod(fen, 100)
    jiao, rest = divmod(cents, 10)
    text = f"{_whole(whole)}元" if whole or not cents else ""
    if not cents:
        return f"{text}整"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif whole:
        text += "零"
    return text + (f"{_DIGITS[rest]}分" if rest else "整")


def _whole(number: int) -> str:
    if not number:
        return _DIGITS[0]
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            continue
        # A zero is said once wherever places are skipped: within a group or between two.
        if text and (group < 1000 or not groups[index + 1]):
            text += _DIGITS[0]
        text += _group(group) + _GROUPS[index]
    return text


def _group(number: int) -> str:
    text, skipped = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            skipped = bool(text)
            continue
        text += (_DIGITS[0] if skipped else "") + _DIGITS[digit] + _PLACES[place]
        skipped = False
    return text
