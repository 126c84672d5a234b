"""The importer ``notice_docx``: Word documents, paragraphs and tables in the order they stand in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from services.scheduling.domain.notice_file import NoticeReader, UnreadableNotice

_MOST_BYTES_UNPACKED = 64 * 1024 * 1024


class NoticeDocument:
    """Reads .docx files."""

    def recognises(self, content: bytes) -> bool:
        """Return whether it is a zip archive with a Word document in it."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return "word/document.xml" in archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError):
            return False

    def text(self, content: bytes) -> str:
        """Return one line a paragraph, automatic numbers written out. Raises ``UnreadableNotice``."""
        if not self.recognises(content):
            raise UnreadableNotice(
                "这不是有效的 .docx 文档，文件可能已损坏，请用 Word 重新另存为 .docx",
                "this is no valid .docx document; it may be damaged, save it again as .docx",
            )
        _refuse_bomb(content)
        import docx

        try:
            document = docx.Document(io.BytesIO(content))
            return "\n".join(_lines(document))
        except (KeyError, ValueError, zipfile.BadZipFile, docx.exceptions.PythonDocxError, SyntaxError) as error:
            raise UnreadableNotice(
                "文档内部结构已损坏，请用 Word 打开后重新另存为 .docx",
                f"the document is damaged inside ({type(error).__name__}); open it in Word and save it again as .docx",
            ) from error


def _refuse_bomb(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(each.file_size for each in archive.infolist())
    if unpacked > _MOST_BYTES_UNPACKED:
        raise UnreadableNotice(
            f"文档解压后超过{_MOST_BYTES_UNPACKED // 2**20}兆字节，已拒绝；请去掉图片等附件后再读",
            f"the document unpacks to more than {_MOST_BYTES_UNPACKED // 2**20} MiB and is refused; take out pictures",
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
