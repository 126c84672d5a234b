"""The importer ``notice_docx``: Word documents, paragraphs and tables in the order they stand in, changes accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from services.scheduling.domain.notice_draft import Problem
from services.scheduling.domain.notice_file import TellingNoticeReader, UnreadableNotice
from services.scheduling.plugins.word_text import TooMuchText, WordLine, WordText
from shared.archives import Archive, Trouble, UnsafeArchive

_MOST_BYTES_UNPACKED = 64 * 1024 * 1024
_MOST_CHARACTERS_IN_TABLES = 4 * 1024 * 1024


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
        return self.text_and_problems(content)[0]

    def text_and_problems(self, content: bytes) -> tuple[str, list[Problem]]:
        """Return the text, and what somebody should look at: changes nobody accepted, text boxes."""
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
            document = WordText(docx.Document(io.BytesIO(content)), _MOST_CHARACTERS_IN_TABLES)
            lines = list(document.lines())
            problems = [*_revisions(lines), *_boxes(document.boxes())]
        except TooMuchText as refusal:
            raise UnreadableNotice(
                f"文档的表格中有超过{refusal.most}字，这不像一份通知，请只保留通知正文后再读",
                f"the tables hold more than {refusal.most} characters, which is no notice; keep the notice alone",
            ) from refusal
        except (KeyError, ValueError, zipfile.BadZipFile, docx.exceptions.PythonDocxError, SyntaxError) as error:
            raise UnreadableNotice(
                "文档内部结构已损坏，请用 Word 打开后重新另存为 .docx",
                f"the document is damaged inside ({type(error).__name__}); open it in Word and save it again as .docx",
            ) from error
        return "\n".join(line.text for line in lines), problems


def _revisions(lines: list[WordLine]) -> Iterable[Problem]:
    revised = [index for index, line in enumerate(lines) if line.revised]
    if revised:
        first = next((index for index in revised if lines[index].text.strip()), revised[0])
        text = lines[first].text
        ahead = text[: len(text) - len(text.lstrip())]
        yield Problem(
            1 + sum(line.text.count("\n") + 1 for line in lines[:first]) + ahead.count("\n"),
            text.strip().partition("\n")[0],
            f"文档含未接受的修订（{len(revised)}段，第一处在此），已按接受后的文字读取，请核对",
            f"the document holds tracked changes that nobody accepted (in {len(revised)} paragraphs, this the first); "
            "it was read as if they were, please check",
        )


def _boxes(text: str) -> Iterable[Problem]:
    if text:
        yield Problem(
            1,
            text,
            "文档中有文本框，其中的文字没有读取，请核对；如属通知内容，请移入正文后再读",
            "what stands in text boxes was not read, please check; move it into the text if it belongs to the notice",
        )


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


READER: TellingNoticeReader = NoticeDocument()
