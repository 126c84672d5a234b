"""The importer ``notice_docx``: Word documents, paragraphs and tables in the order they stand in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from services.scheduling.domain.notice_file import NoticeReader, UnreadableNotice
from shared.archives import Archive, Trouble, UnsafeArchive

_MOST_BYTES_UNPACKED = 64 * 1024 * 1024


class NoticeDocument:
    """Reads .docx files."""

    def recognises(self, content: bytes) -> bool:
        """Return whether it is a zip archive with a Word document in it."""
        try:
            return "word/document.xml" in Archive(content).names
        except UnsafeArchive:
            return False

    def text(self, content: bytes) -> str:
        """Return one line a paragraph, automatic numbers written out. Raises ``UnreadableNotice``."""
        if not self.recognises(content):
            raise UnreadableNotice(
                "这不是有效的 .docx 文档，文件可能已损坏，请用 Word 重新另存为 .docx",
                "this is no valid .docx document; it may be damaged, save it again as .docx",
            )
        try:
            Archive(content).require_safe(_MOST_BYTES_UNPACKED)
        except UnsafeArchive as unsafe:
            raise _refused(unsafe.trouble) from unsafe
        import docx

        try:
            document = docx.Document(io.BytesIO(content))
            return "\n".join(_lines(document))
        except (KeyError, ValueError, zipfile.BadZipFile, docx.exceptions.PythonDocxError, SyntaxError) as error:
            raise UnreadableNotice(
                "文档内部结构已损坏，请用 Word 打开后重新另存为 .docx",
                f"the document is damaged inside ({type(error).__name__}); open it in Word and save it again as .docx",
            ) from error


def _refused(trouble: Trouble) -> UnreadableNotice:
    if trouble == "macros":
        return UnreadableNotice(
            "文档含有宏，为安全起见不予接收，请另存为不含宏的 .docx",
            "the document holds macros; save it as .docx without",
        )
    if trouble == "locked":
        return UnreadableNotice(
            "文档设有打开密码，请取消密码后另存为 .docx",
            "the document is locked by a password; save it as .docx without one",
        )
    if trouble == "too-large":
        return UnreadableNotice(
            f"文档解压后超过{_MOST_BYTES_UNPACKED >> 20}兆字节，已拒绝；请去掉图片等附件后再读",
            f"the document unpacks to more than {_MOST_BYTES_UNPACKED >> 20} MiB and is refused; take out pictures",
        )
    if trouble == "entities":
        return UnreadableNotice(
            "文档内含XML实体声明，存在安全风险，已拒绝；请用 Word 重新另存为 .docx",
            "the document declares XML entities and is refused for safety; save it again with Word as .docx",
        )
    return UnreadableNotice(
        "文档已损坏，请用 Word 打开后重新另存为 .docx",
        f"the document is damaged ({trouble}); open it in Word and save it again as .docx",
    )


def _lines(document: Any) -> Iterator[str]:
    counters: dict[tuple[str, str], int] = {}
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "  ".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
        else:
            number = _automatic_number(block, counters)
            yield from f"{number}{block.text}".split("\n")


def _automatic_number(paragraph: Any, counters: dict[tuple[str, str], int]) -> str:
    """Return the number Word shows before a paragraph of a numbered list, which is not part of its text."""
    numbering = _numbering(paragraph._p) or _numbering(paragraph.style.element if paragraph.style else None)
    if numbering is None or numbering.numId is None or numbering.numId.val == 0:
        return ""
    level = str(numbering.ilvl.val) if numbering.ilvl is not None else "0"
    key = (str(numbering.numId.val), level)
    counters[key] = counters.get(key, 0) + 1
    return f"{counters[key]}." if level == "0" else f"（{counters[key]}）"


def _numbering(element: Any) -> Any:
    properties = element.pPr if element is not None else None
    return properties.numPr if properties is not None else None


READER: NoticeReader = NoticeDocument()
