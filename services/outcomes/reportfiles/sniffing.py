"""Telling what a file is by its bytes; its name decides nothing."""

from __future__ import annotations

from services.outcomes.reportfiles.findings import Unreadable

_OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office", "旧版Office文件（.doc等）", "an old-style Office file"),
    (b"Rar!", "archive", "RAR压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", "archive", "7z压缩包", "a 7z archive"),
    (b"PK\x05\x06", "archive", "空压缩包", "an empty archive"),
    (b"\x1f\x8b", "archive", "gzip压缩包", "a gzip archive"),
    (b"\x89PNG", "picture", "图片", "a picture"),
    (b"\xff\xd8\xff", "picture", "图片", "a picture"),
    (b"GIF8", "picture", "图片", "a picture"),
    (b"{\\rtf", "rtf", "RTF文档", "an RTF document"),
    (b"MZ", "program", "程序文件", "a program"),
    (b"\x7fELF", "program", "程序文件", "a program"),
    (b"#!", "program", "脚本程序", "a script"),
)
_WEB = (b"<html", b"<!doctype", b"<?xml", b"<script", b"<svg")


def kind_of(content: bytes) -> str:
    """Return ``docx``, ``pdf`` or ``txt``: what the bytes say they are. Raises ``Unreadable`` for anything else."""
    head = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise Unreadable("empty", "文件是空的，请重新选择报告文件", "the file is empty; choose the report again")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    for magic, reason, zh, en in _OTHERS:
        if head.startswith(magic):
            raise _stranger(reason, zh, en)
    if head.lower().startswith(_WEB):
        raise _stranger("web", "网页或XML文件", "a web page or XML")
    if b"\x00" in content:
        raise _stranger("binary", "无法识别的二进制文件", "a binary file of no known kind")
    return "txt"


def _stranger(reason: str, zh: str, en: str) -> Unreadable:
    return Unreadable(
        reason,
        f"这是{zh}，不能作为研究报告；请另存为.docx、.pdf或.txt后上传",
        f"this is {en}, not a report; save it as .docx, .pdf or .txt and send that",
    )
