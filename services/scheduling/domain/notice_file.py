"""The extension point for files that hold a notice: bytes in, text out."""

from __future__ import annotations

from typing import Protocol


class UnreadableNotice(Exception):
    """The file is not what its reader takes; ``zh`` and ``en`` say what was found and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


class NoticeReader(Protocol):
    """A plugin of kind ``importers`` with the capability ``notice``."""

    def recognises(self, content: bytes) -> bool:
        """Return whether the content (not the file's name) looks like this reader's kind of file."""

    def text(self, content: bytes) -> str:
        """Return the notice's text, one paragraph a line. Raises ``UnreadableNotice``."""
