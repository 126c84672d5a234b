"""The lines of a Word document as they read once every tracked change is accepted: nothing written is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def _w(*names: str) -> frozenset[str]:
    return frozenset(_W + name for name in names)


_BLOCKS, _ROWS, _CELLS = _w("p", "tbl"), _w("tr"), _w("tc")
_BOX = _W + "txbxContent"
_WAYS = _MC + "AlternateContent"  # what it holds says the same for newer programs and for older ones
_TAKEN_OUT = _w("del", "moveFrom")
_REVISED = _TAKEN_OUT | _w("ins", "moveTo", "cellIns", "cellDel")
_PROPERTIES = _w("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr", "smartTagPr", "customXmlPr")
# rt: the small characters over a word that say how it is spoken
_UNREAD = _TAKEN_OUT | _PROPERTIES | {_BOX, _W + "rt"}
_SIGNS = {_W + "tab": "\t", _W + "ptab": "\t", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


class TooMuchText(Exception):
    """The tables hold more than ``most`` characters: a merged cell counts in every row, so a small file can."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


@dataclass(frozen=True, slots=True)
class WordLine:
    """A paragraph, or a row of a table, that may have line breaks in it; whether a tracked change touches it."""

    text: str
    revised: bool


class WordText:
    """Reads the blocks of a document (of ``docx.Document``) in the order they stand in."""

    def __init__(self, document: Any, most_in_tables: int) -> None:
        self._document = document
        self._most = self._left = most_in_tables
        self._counters: dict[tuple[str, str], int] = {}
        self._styles: dict[str | None, Any] = {}

    def lines(self) -> Iterator[WordLine]:
        """Yield every line, automatic numbers written out. What a change takes out marks the next line as revised.

        Raises ``TooMuchText``.
        """
        return self._blocks(self._document.element, numbered=True)

    def boxes(self) -> str:
        """Return what stands in text boxes: none of the lines has it, as a box has no place among them."""
        boxes = self._document.element.iter(_BOX)
        own = [box for box in boxes if next(box.iterancestors(_MC + "Fallback", *_TAKEN_OUT), None) is None]
        return " ".join("".join(_text(block)).strip() for box in own for block in _held(box, _BLOCKS)).strip()

    def _blocks(self, holder: Any, numbered: bool) -> Iterator[WordLine]:
        begun, revised = "", False
        for block in _held(holder, _BLOCKS):
            if block.tag == _W + "tbl":
                if begun:
                    yield WordLine(begun, revised)
                    begun, revised = "", False
                yield from self._rows(block)
                continue
            text = "".join(_text(block))
            revised = revised or _is_revised(block)
            goes_on = _property(block, ("pPr", "rPr"), *_TAKEN_OUT) is not None  # its end is taken out
            if numbered and not begun and (text or not goes_on):
                text = self._automatic_number(block) + text
            begun += text
            if not goes_on:
                yield WordLine(begun, revised)
                begun, revised = "", False
        if begun or revised:
            yield WordLine(begun, revised)

    def _rows(self, table: Any) -> Iterator[WordLine]:
        above: dict[int, str] = {}
        revised = False
        for row in _held(table, _ROWS):
            revised = revised or _is_revised(row.find(_W + "trPr"))
            if _property(row, ("trPr",), *_TAKEN_OUT) is not None:
                continue
            texts, column = [], row.grid_before
            for cell in _held(row, _CELLS):
                lines = list(self._blocks(cell, numbered=False))
                revised = revised or _is_revised(cell.find(_W + "tcPr")) or any(line.revised for line in lines)
                if cell.vMerge != "continue" or column not in above:
                    above[column] = "\n".join(line.text for line in lines).strip()
                if _property(cell, ("tcPr",), _W + "cellDel") is None:
                    texts.append(above[column])
                column += cell.grid_span
            text = "  ".join(dict.fromkeys(texts))
            self._left -= len(text)
            if self._left < 0:
                raise TooMuchText(self._most)
            yield WordLine(text, revised)
            revised = False
        if revised:
            yield WordLine("", revised)

    def _automatic_number(self, paragraph: Any) -> str:
        """Return the number Word shows before a paragraph of a numbered list, which is not part of its text."""
        numbering = _numbering(paragraph) or self._numbering_of_style(paragraph)
        if numbering is None or numbering.numId is None or numbering.numId.val == 0:
            return ""
        level = str(numbering.ilvl.val) if numbering.ilvl is not None else "0"
        key = (str(numbering.numId.val), level)
        self._counters[key] = self._counters.get(key, 0) + 1
        return f"{self._counters[key]}." if level == "0" else f"（{self._counters[key]}）"

    def _numbering_of_style(self, paragraph: Any) -> Any:
        from docx.text.paragraph import Paragraph

        if paragraph.style not in self._styles:
            style = Paragraph(paragraph, self._document).style
            self._styles[paragraph.style] = _numbering(style.element if style else None)
        return self._styles[paragraph.style]


def _held(holder: Any, tags: frozenset[str]) -> Iterator[Any]:
    """Yield the nearest elements with these tags, through whatever is wrapped around them."""
    for child in holder:
        if child.tag in tags:
            yield child
        elif child.tag == _WAYS:
            yield from next((found for way in child if (found := list(_held(way, tags)))), [])
        elif _is_read(child):
            yield from _held(child, tags)


def _text(holder: Any) -> Iterator[str]:
    for child in holder:
        if child.tag == _W + "t":
            yield (child.text or "").replace("\r", "\n")
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == _W + "br":
            yield str(child)  # a page break is nothing
        elif child.tag == _WAYS:
            yield next((found for way in child if (found := "".join(_text(way)))), "")
        elif _is_read(child):
            yield from _text(child)


def _is_read(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNREAD:
        return False
    return element.tag != _W + "sdt" or not (_shows_placeholder(element) or _lists_contents(element))


def _shows_placeholder(control: Any) -> bool:
    """Return whether a content control is an open place: what it holds only asks to be filled in."""
    shown = _property(control, ("sdtPr",), _W + "showingPlcHdr")
    return shown is not None and shown.get(_W + "val") not in ("0", "false", "off")


def _lists_contents(control: Any) -> bool:
    gallery = _property(control, ("sdtPr", "docPartObj"), _W + "docPartGallery")
    return gallery is not None and gallery.get(_W + "val") == "Table of Contents"


def _property(element: Any, path: tuple[str, ...], *tags: str) -> Any:
    """Return the first of these tags that the element holds at the end of a path of its properties."""
    for name in path:
        element = element.find(_W + name)
        if element is None:
            return None
    return next((child for child in element if child.tag in tags), None)


def _is_revised(element: Any) -> bool:
    return element is not None and next(element.iter(*_REVISED), None) is not None


def _numbering(element: Any) -> Any:
    properties = element.pPr if element is not None else None
    return properties.numPr if properties is not None else None
