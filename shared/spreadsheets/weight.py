"""How much a parser makes of a workbook, counted in its bytes before one sees it: few can stand for very much."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from openpyxl.utils import range_boundaries

MOST_COLUMNS = 16_384
"""The columns that a sheet has in the programs that write it."""
MOST_TO_KEEP = 600_000
"""Up to which weight a copy keeps the sender's layout: beyond it a parser's objects fill hundreds of megabytes."""
_MARK = re.compile(
    rb"<(?:[\w.-]{1,40}:)?(?:(?P<row>row)|(?P<cell>c)|(?P<spanning>mergeCell|hyperlink))(?=[\s/>])(?P<rest>[^<>]*)",
    re.IGNORECASE,
)
_AREA = re.compile(rb"""\bref\s*=\s*["'](\$?[A-Z]{1,3}\$?[0-9]{1,7}:\$?[A-Z]{1,3}\$?[0-9]{1,7})["']""", re.IGNORECASE)
_BLOCK, _TAG = 1 << 20, 4096


@dataclass(frozen=True, slots=True)
class Weight:
    """What is in the parts of a workbook.

    ``elements`` are those of the XML, ``cells`` some of them; ``covered`` the cells that merged areas and links span,
    each of which is made where the layout is kept; ``widest`` the most cells in one row, which every parser holds
    together.
    """

    elements: int
    cells: int
    covered: int
    widest: int

    @property
    def bears_layout(self) -> bool:
        """Whether all of it may be opened, to give it back as it looks."""
        return self.elements + self.covered <= MOST_TO_KEEP


def weigh(archive: zipfile.ZipFile) -> Weight:
    """Return the weight of a workbook whose sizes were looked at before (``Archive.require_safe``)."""
    elements = cells = covered = widest = 0
    for part in archive.infolist():
        in_row = 0
        with archive.open(part) as stream:
            for tags in _tags(stream):
                elements += tags.count(b"<") - tags.count(b"</")
                for mark in _MARK.finditer(tags):
                    if mark["row"]:
                        in_row = 0
                    elif mark["cell"]:
                        cells, in_row = cells + 1, in_row + 1
                        widest = max(widest, in_row)
                    else:
                        covered += sum(map(_cells, _AREA.findall(mark["rest"])))
    return Weight(elements, cells, covered, widest)


def _tags(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the text of a part in pieces that cut no tag in two; text of two bytes a character as of one."""
    rest = b""
    while block := stream.read(_BLOCK):
        text = rest + block.replace(b"\x00", b"")
        last = max(0, text.rfind(b"<"))
        yield text[:last]
        rest = text[last : last + _TAG]
    yield rest


def _cells(area: bytes) -> int:
    left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(area.decode().upper()))
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)
