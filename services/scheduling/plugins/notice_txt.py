"""The importer ``notice_txt``: plain text in UTF-8, UTF-16 or the GB encodings."""

from __future__ import annotations

import codecs

from services.scheduling.domain.notice_file import NoticeReader, UnreadableNotice

_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BINARY = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
_COMMON_SHARE = 0.6


class NoticeText:
    """Reads text; what is not Chinese text in a known encoding is refused, never decoded to nonsense."""

    def recognises(self, content: bytes) -> bool:
        """Return whether it is not one of the usual binary formats."""
        return not content.startswith(_BINARY)

    def text(self, content: bytes) -> str:
        """Return the text. Raises ``UnreadableNotice``."""
        if not self.recognises(content):
            raise UnreadableNotice(
                "这不是文本文件（内容是压缩包、PDF、图片或旧版 Word 文档），请另存为 .docx 或 UTF-8 文本后再读",
                "this is no text file but an archive, PDF, picture or old Word file; save it as .docx or UTF-8 text",
            )
        for mark, encoding in _MARKED:
            if content.startswith(mark):
                return _decoded(content, encoding)
        if b"\x00" in content:
            return _unmarked_utf16(content)
        try:
            return _checked(content.decode("utf-8"))
        except UnicodeDecodeError:
            return _decoded(content, "gb18030")


def _unmarked_utf16(content: bytes) -> str:
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_chinese(text):
            return _checked(text)
    raise _unreadable()


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise _unreadable() from None
    if encoding == "gb18030" and not _is_chinese(text):
        raise _unreadable()
    return _checked(text)


def _checked(text: str) -> str:
    if any(char < " " and char not in "\t\n\r\f\v" for char in text):
        raise _unreadable()
    return text


def _is_chinese(text: str) -> bool:
    """Return whether most characters beyond ASCII are everyday ones: text in a wrong encoding falls on rare ones."""
    beyond = [char for char in text if char > "\x7f"]
    return bool(beyond) and sum(_is_common(char) for char in beyond) / len(beyond) > _COMMON_SHARE


def _is_common(char: str) -> bool:
    if not ("\u4e00" <= char <= "\u9fff"):
        return char in "，。、；：？！“”‘’（）《》〈〉—…～·　％＋－" or "\uff01" <= char <= "\uff5e"
    try:
        encoded = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    # GB 2312 level 1, rows 16 to 55: the 3,755 everyday characters.
    return 0xB0 <= encoded[0] <= 0xD7


def _unreadable() -> UnreadableNotice:
    return UnreadableNotice(
        "无法按 UTF-8、UTF-16 或 GB18030 读出中文文本，文件可能已损坏或不是文本，请另存为 UTF-8 后再读",
        "it cannot be read as Chinese text in UTF-8, UTF-16 or GB18030; it may be damaged or no text, save it as UTF-8",
    )


READER: NoticeReader = NoticeText()
