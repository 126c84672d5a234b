"""Text in a cell that stays text."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+\-]?[0-9][0-9 .\-]*")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(text: str) -> str:
    """Return text that no spreadsheet program takes for a formula, also after it is saved as CSV."""
    text = _ILLEGAL.sub("", text)
    if _FORMULA.match(text) and not _HARMLESS.fullmatch(text):
        return "'" + text
    return text
