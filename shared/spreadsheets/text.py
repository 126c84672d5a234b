"""Text in a cell that stays text."""

from __future__ import annotations

import re

# The characters OWASP lists under CSV injection; spreadsheet programs of East Asia take the full-width ones too.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_HARMLESS = re.compile(r"[+\-]?[0-9][0-9 .\-]*")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(text: str) -> str:
    """Return text that no spreadsheet program takes for a formula, also after it is saved as CSV."""
    text = _ILLEGAL.sub("", text)
    if _FORMULA.match(text) and not _HARMLESS.fullmatch(text):
        return "'" + text
    return text
