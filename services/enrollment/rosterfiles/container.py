"""Looking at a file's bytes before anything unpacks them: its true kind, and whether it is safe to open."""

from __future__ import annotations

import zipfile
from collections.abc import Collection

from services.enrollment.domain.sheet import AboveLimit, ReadLimits, Unreadable
from shared.archives import Archive, Trouble, UnsafeArchive
from shared.spreadsheets.weight import MOST_COLUMNS, weigh

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<div", b"<meta")
_OTHERS = {
    b"%PDF": ("PDF文件", "a PDF"),
    b"\x89PNG": ("图片", "a picture"),
    b"\xff\xd8\xff": ("图片", "a picture"),
    b"GIF8": ("图片", "a picture"),
    b"Rar!": ("RAR压缩包", "a RAR archive"),
    b"7z\xbc\xaf": ("7z压缩包", "a 7z archive"),
    b"\x7fELF": ("程序文件", "a program"),
    b"MZ": ("程序文件", "a program"),
    b"{\\rtf": ("RTF文档", "an RTF document"),
    b"PK\x05\x06": ("空压缩包", "an empty archive"),
}


def refuse_strangers(content: bytes) -> None:
    """Raise ``Unreadable`` when the first bytes show another kind of file than a spreadsheet or text."""
    head = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise Unreadable("empty", "文件是空的，请重新选择名单文件", "the file is empty; choose the roster again")
    for magic, (zh, en) in _OTHERS.items():
        if head.startswith(magic):
            raise Unreadable(
                "not-excel",
                f"这是{zh}，不是Excel名单；请上传.xlsx、.xls或.csv文件",
                f"this is {en}, not a roster; send .xlsx, .xls or .csv",
            )
    if head.lower().startswith(_HTML):
        raise Unreadable(
            "html",
            "文件名虽像Excel，内容却是网页或XML；请用Excel打开后另存为“Excel工作簿(.xlsx)”再上传",
            "the file is a web page or XML under an Excel name; open it in Excel, save it as .xlsx and send that",
        )


def open_package(content: bytes, limits: ReadLimits) -> zipfile.ZipFile:
    """Return the archive of an .xlsx after checking what it would unpack to. Raises ``Unreadable``.

    Both the sizes it declares and those it really has are counted, block by block, before any parser sees it.
    """
    try:
        archive = Archive(content)
        if "xl/workbook.xml" not in archive.names:
            raise _wrong_package(archive.names)
        archive.require_safe(limits.unpacked_bytes)
        if weigh(archive.zip).widest > MOST_COLUMNS:
            raise _broken()
    except UnsafeArchive as unsafe:
        raise _refused(unsafe.trouble, limits) from unsafe
    return archive.zip


def _refused(trouble: Trouble, limits: ReadLimits) -> Unreadable | AboveLimit:
    if trouble == "macros":
        return macros()
    if trouble == "locked":
        return locked()
    if trouble == "too-large":
        return _bomb(limits)
    if trouble == "entities":
        return Unreadable(
            "entities",
            "文件内含XML实体声明，存在安全风险，已拒绝；请用Excel另存后再上传",
            "the file declares XML entities and was refused for safety; save it again with Excel and send that",
        )
    return _broken()


def refuse_unsafe_compound(content: bytes) -> None:
    """Raise ``Unreadable`` when an old-style file is locked by a password, holds macros or is no workbook."""
    if _wide("EncryptedPackage") in content:
        raise locked()
    if _wide("_VBA_PROJECT_CUR") in content or _wide("_VBA_PROJECT") in content:
        raise macros()
    if _wide("WordDocument") in content or _wide("PowerPoint Document") in content:
        raise Unreadable(
            "not-excel",
            "这是Word或PowerPoint文件，不是Excel名单；请上传.xlsx、.xls或.csv文件",
            "this is a Word or PowerPoint file, not a roster; send .xlsx, .xls or .csv",
        )


def locked() -> Unreadable:
    """Return the refusal of a file behind a password."""
    return Unreadable(
        "password",
        "文件设有打开密码，请取消密码保护后重新上传",
        "the file is locked by a password; remove it and send again",
    )


def macros() -> Unreadable:
    """Return the refusal of a file with macros."""
    return Unreadable(
        "macros",
        "文件含有宏，为安全起见不予接收；请另存为不含宏的.xlsx后上传",
        "the file holds macros; save it as .xlsx without",
    )


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _broken() -> Unreadable:
    return Unreadable(
        "broken",
        "文件已损坏，无法打开；请用Excel打开另存后重新上传",
        "the file is damaged; open it in Excel, save and send again",
    )


def _bomb(limits: ReadLimits) -> AboveLimit:
    most = limits.unpacked_bytes >> 20
    return AboveLimit(
        "unpacked-size",
        f"文件解压后超过{most} MiB，已拒绝；请删除多余的工作表、图片和空白行后重新上传",
        f"the file unpacks to more than {most} MiB; remove needless sheets, pictures and blank rows",
    )


def _wrong_package(names: Collection[str]) -> Unreadable:
    kinds = {"word/document.xml": "Word文档", "ppt/presentation.xml": "演示文稿", "xl/workbook.bin": "xlsb工作簿"}
    kind = next((words for name, words in kinds.items() if name in names), "压缩包")
    return Unreadable(
        "not-excel",
        f"这是{kind}，不是可读取的Excel名单；请另存为.xlsx后上传",
        "the archive is no .xlsx workbook; send .xlsx, .xls or .csv",
    )
