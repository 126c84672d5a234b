"""Unified social credit codes of organisations. Source: GB 32100-2015."""

from __future__ import annotations

from services.enrollment.domain.wording import Refusal

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def check_character(first_17: str) -> str:
    """Return the check character of the first 17. A sum divisible by 31 gives ``0``: the outer remainder matters."""
    total = sum(weight * _ALPHABET.index(character) for weight, character in zip(_WEIGHTS, first_17, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def read_credit_code(text: str) -> str:
    """Return the code in capitals, or raise ``Refusal`` saying which part is wrong."""
    code = text.strip().upper()
    if len(code) != 18:
        raise Refusal(
            "credit-code-length",
            f"统一社会信用代码应为18位，“{code}”为{len(code)}位",
            f"a unified social credit code has 18 characters; {code!r} has {len(code)}",
        )
    strange = sorted(set(code) - set(_ALPHABET))
    if strange:
        raise Refusal(
            "credit-code-characters",
            f"统一社会信用代码“{code}”含有不允许的字符：{'、'.join(strange)}（不使用I、O、S、V、Z）",
            f"the unified social credit code {code!r} holds characters not allowed in it: {', '.join(strange)}",
        )
    if not code[2:8].isdigit():
        raise Refusal(
            "credit-code-region",
            f"统一社会信用代码“{code}”第3至8位应为6位数字的行政区划码",
            f"characters 3 to 8 of the unified social credit code {code!r} are the six digits of a region",
        )
    right = check_character(code[:17])
    if code[17] != right:
        raise Refusal(
            "credit-code-check",
            f"统一社会信用代码“{code}”校验码不符：末位应为{right}，请核对",
            f"the last character of the unified social credit code {code!r} should be {right}; compare every character",
        )
    return code
