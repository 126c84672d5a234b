"""From a template and data to the bytes of a PDF."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typst

from services.notification.typesetting.fonts import FontShelf
from services.notification.typesetting.measures import measures_json

_READABLE = Path(__file__).parent / "templates"


class TypesettingFailed(Exception):
    """A template could not be set; the text is typst's own diagnostic, for the log."""


class Typesetter:
    """Sets letters; safe to use from several native threads, each compiler is lent to one at a time.

    Measured with typst 0.15: about 10 ms for a one-page notice, 16 ms for a letter with its list, once the fonts are
    warm; typst lets go of the interpreter lock meanwhile. Templates are kept in memory; our own folder of them is all
    that typst can read. The same template, data and day give the same bytes.
    """

    def __init__(self, shelf: FontShelf | None = None) -> None:
        self.shelf = shelf or FontShelf()
        self._sources: dict[str, bytes] = {}
        self._idle: list[typst.Compiler] = []
        self._faces = json.dumps({role: face.to_json() for role, face in self.shelf.faces.items()})
        self._measures = measures_json()

    def knows(self, slug: str) -> bool:
        """Return whether a template of that name was added."""
        return slug in self._sources

    def add(self, slug: str, template: str) -> None:
        """Take in a template; it may ``#import "/official.typ": *``."""
        self._sources[slug] = template.encode()

    def render(self, slug: str, letter: Mapping[str, Any], dated: date) -> bytes:
        """Return the PDF of a letter.

        ``letter`` is plain JSON; its strings are shown as they are and never run as markup. ``dated`` becomes the
        file's creation date. Raises ``MissingGlyphs`` before anything is set, ``TypesettingFailed`` when typst
        refuses the template.
        """
        self.shelf.require("".join(_strings(letter)))
        compiler = self._lend()
        try:
            pdf = compiler.compile(
                self._sources[slug],
                format="pdf",
                sys_inputs={
                    "letter": json.dumps(letter, ensure_ascii=False),
                    "faces": self._faces,
                    "measures": self._measures,
                },
                timestamp=int(datetime(dated.year, dated.month, dated.day, tzinfo=UTC).timestamp()),
            )
        except typst.TypstError as error:
            raise TypesettingFailed(f"{slug}: {error.diagnostic or error}") from error
        finally:
            self._idle.append(compiler)
        if not isinstance(pdf, bytes):
            raise TypesettingFailed(f"{slug}: typst gave back {type(pdf).__name__} instead of one PDF")
        return pdf

    def _lend(self) -> typst.Compiler:
        # P22: a lock of the patched threading module must not be waited for in a native thread; list.pop needs none.
        try:
            return self._idle.pop()
        except IndexError:
            return typst.Compiler(root=str(_READABLE), font_paths=self.shelf.fonts, ignore_system_fonts=True)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
