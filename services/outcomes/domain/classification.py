"""Security markings (密级): what bears one has no place on this platform.

Source of the form: GB/T 9704-2012 puts 密级和保密期限 at the top left, such as "机密★1年". Running text that only
speaks of secrets (商业秘密, 保守国家秘密) bears no marking.
"""

from __future__ import annotations

import re
import unicodedata

_GRADE = r"(?:绝\s*密|机\s*密|秘\s*密)"
_MARKINGS = (
    # With its star, with or without a period: 机密★, 秘密★20年, 绝密★长期.
    re.compile(rf"{_GRADE}\s*[★☆]\s*(?:[0-9一二三四五六七八九十]+\s*(?:年|个?月|日)|长期)?"),
    # Named as such: 密级：机密.
    re.compile(rf"(?:密\s*级|保密等级)\s*[:：]\s*{_GRADE}"),
    # In brackets, as in the names of files: 【机密】, [秘密].
    re.compile(rf"[\[【〔(（<《]\s*{_GRADE}\s*[\]】〕)）>》]"),
    # Alone on its line, as in a page header, with or without a period.
    re.compile(rf"^[ \t]*{_GRADE}[ \t]*(?:[0-9]+\s*年|长期)?[ \t]*$", re.MULTILINE),
)


def marking(text: str) -> str | None:
    """Return the first security marking in a text as it stands there, spaces left out; ``None`` without one."""
    folded = unicodedata.normalize("NFKC", text).replace("\u3000", " ")
    found = [match for pattern in _MARKINGS if (match := pattern.search(folded))]
    return "".join(min(found, key=lambda match: match.start())[0].split()) if found else None
