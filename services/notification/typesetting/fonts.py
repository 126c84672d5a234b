"""Which fonts set a letter, and which characters they can show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from fontTools.ttLib import TTCollection, TTFont

_SUFFIXES = {".otf", ".ttf", ".ttc", ".otc"}
_FALLBACK = ("Noto Serif SC", "Noto Sans SC")

# The faces GB/T 9704-2012 names (5.2.2, 7.2.3, 7.3.1, 7.3.3), best first. 方正小标宋 and 仿宋_GB2312 may not be handed
# on, so they are used only where a city puts its own licensed files into the font folder; else the substitutes.
_WANTED: Mapping[str, tuple[str, ...]] = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
    "text": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FandolFang R"),
    "heading": ("SimHei", "黑体", "FandolHei"),
}
_SUBSTITUTES = {"title": "Noto Serif SC", "text": "Noto Serif SC", "heading": "Noto Sans SC"}


class MissingGlyphs(ValueError):
    """Characters that no font at hand can show; ``characters`` in the order of their first appearance."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = tuple(characters)
        super().__init__("no glyph for " + " ".join(f"U+{ord(character):04X}" for character in self.characters))


@dataclass(frozen=True)
class Face:
    """The families for one role in a letter; ``substitute``: the face the standard names is not at hand."""

    families: tuple[str, ...]
    substitute: bool

    def to_json(self) -> dict[str, Any]:
        """Return what the templates read."""
        return {"family": list(self.families), "substitute": self.substitute}


class FontShelf:
    """The open Chinese fonts from PyPI and any folders of the city's own; never the fonts of the machine."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        own = [folder for folder in folders if folder.is_dir()]
        self._folders = (*own, Path(pylopdf_fonts_zh_cn.serif_path()).parent)
        self.fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in self._folders],
        )
        families = set(self.fonts.families())
        self.faces = {role: _face(role, families) for role in _WANTED}

    @cached_property
    def coverage(self) -> frozenset[int]:
        """Every code point that some font of the shelf can show."""
        covered: set[int] = set()
        for folder in self._folders:
            for path in sorted(folder.rglob("*")):
                if path.suffix.lower() in _SUFFIXES:
                    covered.update(_code_points(path))
        return frozenset(covered)

    def require(self, text: str) -> None:
        """Raise ``MissingGlyphs`` when a character of ``text`` would print as an empty box."""
        missing = {
            character: None
            for character in text
            if ord(character) not in self.coverage and not unicodedata.category(character).startswith(("Z", "Cc"))
        }
        if missing:
            raise MissingGlyphs(missing)


def _face(role: str, families: set[str]) -> Face:
    chosen = next((family for family in _WANTED[role] if family in families), None)
    leading = chosen or _SUBSTITUTES[role]
    rest = [family for family in _FALLBACK if family != leading and family in families]
    return Face((leading, *rest), substitute=chosen is None)


def _code_points(path: Path) -> set[int]:
    if path.suffix.lower() in {".ttc", ".otc"}:
        with TTCollection(str(path), lazy=True) as collection:
            return {point for font in collection.fonts for point in font.getBestCmap() or ()}
    with TTFont(str(path), lazy=True) as font:
        return set(font.getBestCmap() or ())
