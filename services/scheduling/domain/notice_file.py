"""The extension point for files that hold a notice: bytes in, text out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from services.scheduling.domain.notice_draft import Problem


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


@runtime_checkable
class TellingNoticeReader(NoticeReader, Protocol):
    """A reader that has something to tell of a file besides its text; having the method is optional."""

    def text_and_problems(self, content: bytes) -> tuple[str, Sequence[Problem]]:
        """Return what ``text`` returns, and what somebody should look at, each with its line in that text.

        Raises ``UnreadableNotice``.
        """
