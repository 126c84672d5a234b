"""Reading a report file, whatever its kind, with nothing taken that cannot be read or is not safe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.outcomes.reportfiles.findings import FileLimits, FileText
from services.outcomes.reportfiles.plain import plain_text
from services.outcomes.reportfiles.portable import portable_text
from services.outcomes.reportfiles.sniffing import kind_of

Offload = Callable[..., Any]


def read_report(content: bytes, limits: FileLimits, offload: Offload) -> FileText:
    """Return the text of a .docx, .pdf or .txt; parsing goes beside the event loop. Raises ``Unreadable``."""
    kind = kind_of(content)
    if kind == "pdf":
        return portable_text(content, limits)
    found: FileText = offload(_word if kind == "docx" else plain_text, content, limits)
    return found


def _word(content: bytes, limits: FileLimits) -> FileText:
    from services.outcomes.reportfiles.package import read_package
    from services.outcomes.reportfiles.word import word_text

    return word_text(read_package(content, limits), limits)
