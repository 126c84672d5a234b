"""What every importer of rosters has to hold, built in or from elsewhere; the conformance kit runs it."""

from __future__ import annotations

import random
from typing import Any

from services.enrollment.domain.sheet import ReadLimits, Sheet, Unreadable
from shared.plugins import Manifest

_LIMITS = ReadLimits(unpacked_bytes=1 << 20, rows=50, columns=20, sheets=5)
_ODD = (
    b"",
    b"\x00" * 100,
    b"%PDF-1.4",
    b"PK\x03\x04" + b"\xff" * 200,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
    "姓名,身份证号\n".encode("gb18030"),
    "姓名\t身份证号\n".encode("utf-16"),
)


def check_importer(reader: Any, manifest: Manifest) -> None:
    """Show it odd and damaged files: it claims or not, gives sheets, or refuses with words in both languages.

    Importers of other things (capabilities without ``roster``) are held by the rooms they belong to.
    """
    if "roster" not in manifest.capabilities:
        return
    chance = random.Random(20200401)  # noqa: S311 - test data, always the same
    noise = [chance.randbytes(chance.randint(1, 3000)) for _ in range(20)]
    long_text = ("姓名,身份证号\n" * 60).encode()
    for content in (*_ODD, *noise, long_text):
        claimed = reader.claims(content, "名单.xlsx")
        assert isinstance(claimed, bool), f"{manifest.key}: claims() answered {claimed!r}, not True or False"
        assert reader.claims(content, "x") is claimed, f"{manifest.key} goes by the file's name, which may lie"
        sheets = _read(reader, content)
        if isinstance(sheets, Unreadable):
            words = (sheets.code, sheets.sentence.zh, sheets.sentence.en)
            assert all(word.strip() for word in words), f"{manifest.key} refuses without code or words: {words}"
            continue
        assert all(isinstance(sheet, Sheet) for sheet in sheets), f"{manifest.key} gives something else than sheets"
        filled = sum(1 for sheet in sheets for row in sheet.rows if any(cell is not None for cell in row))
        assert filled <= _LIMITS.rows, f"{manifest.key} gave {filled} rows above the limit of {_LIMITS.rows}"
        assert all(len(row) <= _LIMITS.columns for sheet in sheets for row in sheet.rows), f"{manifest.key}: too wide"


def _read(reader: Any, content: bytes) -> list[Sheet] | Unreadable:
    try:
        sheets: list[Sheet] = reader.read(content, _LIMITS)
    except Unreadable as refusal:
        return refusal
    return sheets
