"""Copies of reports for blind review: nothing in text, properties or name says who wrote them, or where they work.

A Word document keeps its form; of a PDF, which cannot be changed safely, reviewers get the text as a Word document.
Pictures stay as they are: a name inside a picture is not found.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from services.outcomes.reportfiles.markup import parsed, written

HIDDEN = "×××"
_OWN_LINE = re.compile(
    r"^(\s*(?:作\s*者|姓\s*名|撰\s*稿\s*人?|撰\s*写\s*人|执\s*笔\s*人?|学\s*员|单\s*位|工作单位|所在单位|职\s*务|学\s*号|联系方式|联系电话)\s*[:：]).*$",
    re.MULTILINE,
)
_AUTHORS = re.compile(r"(author|initials|userid|providerid)$", re.IGNORECASE)
_PARAGRAPH, _TEXT, _DELETED = qn("w:p"), qn("w:t"), qn("w:delText")
_EMPTY = {
    "docProps/core.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
        b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    "docProps/app.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
    "docProps/custom.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    ),
}
_THUMBNAIL = re.compile(rb"<Relationship\b[^>]*thumbnail[^>]*/>")


class Blindfold:
    """Takes words that tell who wrote a text out of it."""

    def __init__(self, telling: Iterable[str]) -> None:
        words = sorted({"".join(word.split()) for word in telling}, key=lambda word: (-len(word), word))
        patterns = [r"\s*".join(map(re.escape, word)) for word in words if len(word) > 1]
        self._words = re.compile("|".join(patterns) or r"(?!)")

    def over(self, text: str) -> str:
        """Return the text without telling words, and without what follows 作者：, 单位： and their like on a line."""
        return _OWN_LINE.sub(rf"\1{HIDDEN}", self._words.sub(HIDDEN, text))


def blind_copy(kind: str, parts: Mapping[str, bytes] | None, text: str, blindfold: Blindfold) -> tuple[str, bytes]:
    """Return the kind and the bytes of a copy for reviewers; ``parts`` are those of a Word document."""
    if kind == "docx" and parts is not None:
        return "docx", _word_copy(parts, blindfold)
    if kind == "txt":
        return "txt", blindfold.over(text).encode()
    return "docx", _as_word(blindfold.over(text))


def _word_copy(parts: Mapping[str, bytes], blindfold: Blindfold) -> bytes:
    copied = io.BytesIO()
    with zipfile.ZipFile(copied, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if name.startswith("docProps/thumbnail"):
                continue
            archive.writestr(zipfile.ZipInfo(name), _part(name, content, blindfold), zipfile.ZIP_DEFLATED)
    return copied.getvalue()


def _part(name: str, content: bytes, blindfold: Blindfold) -> bytes:
    if name in _EMPTY:
        return _EMPTY[name]
    if name == "_rels/.rels":
        return _THUMBNAIL.sub(b"", content)
    if not name.endswith(".xml") or not name.startswith(("word/", "customXml/")):
        return content
    root = parsed(content)
    for element in root.iter():
        for attribute in list(element.attrib):
            if _AUTHORS.search(attribute.rpartition("}")[2]):
                element.set(attribute, "×")
        if element.tag == _PARAGRAPH:
            _blind_paragraph(element, blindfold)
        elif isinstance(element.tag, str) and element.text and element.tag not in (_TEXT, _DELETED):
            element.text = blindfold.over(element.text)
    return written(root)


def _blind_paragraph(paragraph: Any, blindfold: Blindfold) -> None:
    """Blind a paragraph as a whole: Word cuts names into runs wherever somebody once stopped typing."""
    for tag in (_TEXT, _DELETED):
        runs = [run for run in paragraph.iter(tag) if next(run.iterancestors(_PARAGRAPH)) is paragraph]
        before = "".join(run.text or "" for run in runs)
        after = blindfold.over(before)
        if after != before:
            for run in runs:
                run.text = ""
            runs[0].text = after


def _as_word(text: str) -> bytes:
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(_printable(line))
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", ""
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - python-docx takes naive UTC
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _printable(line: str) -> str:
    return "".join(each for each in line if each == "\t" or ord(each) >= 32)
