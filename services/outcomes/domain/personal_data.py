"""Taking personal data out of what people write: numbers always, names where they are known."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－＠．", "0123456789Xx-@.")
_ID_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])(?:\(0[0-9]{2,3}\)|0[0-9]{2,3}-)[0-9]{7,8}(?![0-9])")
_EMAIL = re.compile(r"(?<![A-Za-z0-9._+-])[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
NAME_HIDDEN = "（姓名已隐去）"


def without_personal_numbers(text: str) -> str:
    """Return the text trimmed; identity and phone numbers and e-mail addresses masked, in full-width letters too."""
    text = text.translate(_HALF_WIDTH).strip()
    for pattern, hidden in (
        (_ID_NUMBER, "（证件号已隐去）"),
        (_MOBILE, "（电话已隐去）"),
        (_LANDLINE, "（电话已隐去）"),
        (_EMAIL, "（邮箱已隐去）"),
    ):
        text = pattern.sub(hidden, text)
    return text


def without_names(text: str, names: Iterable[str], hidden: str = NAME_HIDDEN) -> str:
    """Return the text with every one of the names masked, spaces within a name aside; the longest name first.

    A name that is also an ordinary word is masked there too: rather a word too many than a person too many.
    """
    wanted = sorted({"".join(name.split()) for name in names}, key=lambda name: (-len(name), name))
    patterns = [r"\s*".join(map(re.escape, name)) for name in wanted if len(name) > 1]
    return re.sub("|".join(patterns), hidden, text) if patterns else text
