"""What reading a report file comes to: its text, or why it is not taken."""

from __future__ import annotations

from dataclasses import dataclass

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How much a reader may take; ``unpacked`` in bytes, ``characters`` of text."""

    unpacked: int
    pages: int
    characters: int


@dataclass(frozen=True, slots=True)
class FileText:
    """A file that was read. ``margins`` is what stands outside its text: headers, footers, properties, deletions."""

    kind: str
    text: str
    margins: str = ""


class Unreadable(Exception):
    """The file is not taken; ``reason`` is a stable word, the rest says why and what to do."""

    def __init__(self, reason: str, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.reason, self.zh, self.en = reason, zh, en


def broken(reason: str = "broken") -> Unreadable:
    """Return the refusal of a file that cannot be opened."""
    return Unreadable(
        reason,
        "文件已损坏，无法打开；请用原软件打开后另存，再重新上传",
        "the file is damaged; open it with the program that made it, save it again and send that",
    )


def too_long(limits: FileLimits) -> Unreadable:
    """Return the refusal of a text above the limit."""
    return Unreadable(
        "characters",
        f"报告正文超过{limits.characters}字，请删减后再上传",
        f"the report has more than {limits.characters} characters; shorten it",
    )


def locked() -> Unreadable:
    """Return the refusal of a file behind a password."""
    return Unreadable(
        "password",
        "文件设有打开密码，请取消密码保护后重新上传",
        "the file is locked by a password; remove it and send again",
    )
