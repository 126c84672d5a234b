"""The text of a Word document: body, tables and text boxes; apart from it headers, footers, notes and properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml.ns import qn

from services.outcomes.reportfiles.findings import FileLimits, FileText, too_long
from services.outcomes.reportfiles.markup import parsed

_PARAGRAPH, _TEXT, _TAB, _BREAK = qn("w:p"), qn("w:t"), qn("w:tab"), qn("w:br")
_DELETED = qn("w:delText")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TABS = qn("w:tabs")
_AROUND = re.compile(r"word/(header|footer|footnotes|endnotes|comments)[0-9]*\.xml|docProps/(core|app|custom)\.xml")


def word_text(parts: Mapping[str, bytes], limits: FileLimits) -> FileText:
    """Return what the document says. Raises ``Unreadable``."""
    body = parsed(parts["word/document.xml"])
    text = "".join(_runs(body, _TEXT)).strip()
    around = [parsed(content) for name, content in sorted(parts.items()) if _AROUND.fullmatch(name)]
    margins = "\n".join(["".join(_runs(body, _DELETED)), *("\n".join(part.itertext()) for part in around)])
    if len(text) > limits.characters:
        raise too_long(limits)
    return FileText("docx", text, margins)


def _runs(root: Any, wanted: str) -> Iterator[str]:
    # A stack and not recursion: how deep a file nests is its author's choice.
    waiting = [root]
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag in (_FALLBACK, _TABS):
            continue  # the same text box a second time, for older programs; tab stops are no tabs
        if tag in (_PARAGRAPH, _BREAK):
            yield "\n"
        elif tag == _TAB:
            yield "\t"
        elif tag == wanted:
            yield element.text or ""
        waiting.extend(reversed(element))
