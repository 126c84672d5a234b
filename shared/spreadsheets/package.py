"""Looking at a workbook's bytes before a parser unpacks them: its true kind, and whether it is safe to open."""

from __future__ import annotations

from shared.archives import Archive, Trouble, UnsafeArchive
from shared.spreadsheets.weight import MOST_COLUMNS, weigh
from shared.wording import Words

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnsafeWorkbook(Exception):
    """No workbook that may be opened; ``words`` say why and what to do."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(code)
        self.code, self.words = code, Words(zh, en)


def require_safe_workbook(content: bytes, unpacked_bytes: int, most_cells: int) -> None:
    """Raise ``UnsafeWorkbook`` unless ``content`` is an .xlsx that unpacks to at most ``unpacked_bytes``.

    Refused are other kinds of file, passwords, macros, XML entities, and archives that unpack without end: the sizes
    an archive declares and those it really has are both counted, block by block, and the cells of all its sheets.
    """
    if content.startswith(_COMPOUND):
        raise UnsafeWorkbook(
            "old-or-locked",
            "文件是旧版.xls或设有打开密码，请取消密码并另存为.xlsx后上传",
            "the file is an old .xls or locked by a password; save it as .xlsx without one",
        )
    if not content.startswith(_ZIP):
        raise UnsafeWorkbook("not-excel", "这不是Excel工作簿，请上传.xlsx文件", "this is no workbook; send .xlsx")
    try:
        archive = Archive(content)
        if "xl/workbook.xml" not in archive.names:
            raise UnsafeWorkbook("not-excel", "这不是Excel工作簿，请上传.xlsx文件", "this is no workbook; send .xlsx")
        archive.require_safe(unpacked_bytes)
    except UnsafeArchive as unsafe:
        raise _refused(unsafe.trouble, unpacked_bytes) from unsafe
    weight = weigh(archive.zip)
    if weight.cells > most_cells or weight.widest > MOST_COLUMNS:
        raise UnsafeWorkbook(
            "cells",
            f"工作簿的单元格（含空白格）超过{most_cells}个，已拒绝；请删除多余的工作表和空白行列",
            f"the workbook has more than {most_cells} cells, blank ones too; remove needless sheets, rows and columns",
        )


def _refused(trouble: Trouble, most: int) -> UnsafeWorkbook:
    if trouble == "macros":
        return UnsafeWorkbook(
            "macros", "文件含有宏，请另存为不含宏的.xlsx后上传", "the file holds macros; save it as .xlsx without"
        )
    if trouble == "locked":
        return UnsafeWorkbook(
            "old-or-locked",
            "文件设有打开密码，请取消密码并另存为.xlsx后上传",
            "the file is locked by a password; save it as .xlsx without one",
        )
    if trouble == "too-large":
        return _too_large(most)
    if trouble == "entities":
        return UnsafeWorkbook(
            "entities",
            "文件内含XML实体声明，存在安全风险，已拒绝；请用Excel另存后再上传",
            "the file declares XML entities and was refused for safety; save it again with Excel",
        )
    return UnsafeWorkbook(
        "broken",
        "文件已损坏，无法打开；请用Excel打开另存后重新上传",
        "the file is damaged; open it in Excel, save and send again",
    )


def _too_large(most: int) -> UnsafeWorkbook:
    return UnsafeWorkbook(
        "unpacked-size",
        f"文件解压后超过{most >> 20} MiB，已拒绝；请删除多余的工作表、图片和空白行",
        f"the file unpacks to more than {most >> 20} MiB; remove needless sheets, pictures and blank rows",
    )
