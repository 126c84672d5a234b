"""Plain text, in UTF-8 or in the encodings of Chinese Windows."""

from __future__ import annotations

from services.outcomes.reportfiles.findings import FileLimits, FileText, Unreadable, too_long

_ENCODINGS = ("utf-8-sig", "gb18030")


def plain_text(content: bytes, limits: FileLimits) -> FileText:
    """Return what the file says. Raises ``Unreadable`` when it is text in no encoding we read."""
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(text) > limits.characters:
            raise too_long(limits)
        return FileText("txt", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    raise Unreadable(
        "encoding",
        "无法识别文本的编码；请另存为UTF-8编码的.txt后上传",
        "the encoding of the text is not known; save it as .txt in UTF-8",
    )
