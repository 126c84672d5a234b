"""The press of a process: one warm typesetter, fed by the document plugins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import structlog

from services.notification.domain.certificate import CertificateFacts
from services.notification.domain.facts import Facts
from services.notification.domain.message_text import Wording
from services.notification.domain.wording import title_lines
from services.notification.typesetting.fonts import FontShelf, MissingGlyphs
from services.notification.typesetting.typesetter import Typesetter, TypesettingFailed
from shared.errors import Fault
from shared.plugins import Registry

# The numbered subjects of a digest.
_HEADING = re.compile(r"[一二三四五六七八九十]+、")
_MESSAGE = "message_page"
_TIMETABLE = "timetable"
_TEMPLATES = Path(__file__).parents[1] / "typesetting" / "templates"
_log = structlog.get_logger("diaoxun.notification")


@dataclass(frozen=True)
class Sheet:
    """One composed letter, ready for the press, or the problem that kept it from being composed."""

    letter_id: str
    document: str
    dated: date
    content: Mapping[str, Any] | None = None
    problem: dict[str, str] | None = None


class Press:
    """Composes with the plugins' words and renders with typst; the fonts are loaded at the first letter."""

    def __init__(self, font_folder: Path | None = None) -> None:
        self._font_folder = font_folder
        self._typesetter: Typesetter | None = None

    def compose(self, plugins: Registry, row: Mapping[str, Any], facts: Facts | CertificateFacts, dated: date) -> Sheet:
        """Return the sheet of a stored letter; whatever the plugin does wrong becomes the sheet's problem."""
        slug = row["document"]
        try:
            plugin = plugins.load(f"documents/{slug}")
            document = plugin.instance
            if not self.typesetter.knows(slug):
                self.typesetter.add(slug, plugins.guarded_call(plugin, document.template))
            content = plugins.guarded_call(plugin, document.compose, facts, row["number"], dated, timeout=None)
        except Fault as fault:
            return Sheet(row["_id"], slug, dated, problem=fault.message.to_wire())
        return Sheet(row["_id"], slug, dated, content=content)

    def render(self, sheet: Sheet) -> tuple[bytes | None, dict[str, str] | None]:
        """Return the PDF, or the problem in both languages. Runs in native threads."""
        try:
            return self.typesetter.render(sheet.document, sheet.content or {}, sheet.dated), None
        except MissingGlyphs as missing:
            named = "、".join(f"{character}（U+{ord(character):04X}）" for character in missing.characters)
            codes = ", ".join(f"U+{ord(character):04X}" for character in missing.characters)
            return None, {
                "zh": f"字库中没有以下字符：{named}。请将含有该字的字体放入 fonts 目录并重启服务，再补发函件",
                "en": f"no font at hand shows {codes}; put one that does into the fonts folder, restart the service "
                "and issue the letters again",
            }
        except TypesettingFailed as broken:
            # Typst's diagnostic quotes the template, never the data.
            _log.error("a template cannot be set", document=sheet.document, diagnostic=str(broken))
            return None, {
                "zh": f"公文样式“{sheet.document}”排版出错，请联系该样式的提供方",
                "en": f"the document {sheet.document!r} cannot be set; tell its author, the log has the diagnostic",
            }

    def page(self, words: Wording, day: date) -> bytes:
        """Return a message as a page for a fax machine. Runs in native threads. Raises ``MissingGlyphs``."""
        if not self.typesetter.knows(_MESSAGE):
            self.typesetter.add(_MESSAGE, (_TEMPLATES / "message_page.typ").read_text(encoding="utf-8"))
        addressee, *lines = [line for line in words.body.splitlines() if line.strip()] or [""]
        said = {
            "title": title_lines(words.subject),
            "issuer": {"name": ""},
            "addressee": addressee,
            "paragraphs": [{"text": line, "heading": bool(_HEADING.match(line))} for line in lines[:-2]],
            "signed": lines[-2:],
        }
        return self.typesetter.render(_MESSAGE, said, day)

    def timetable(self, said: Mapping[str, Any], day: date) -> bytes:
        """Return a timetable as a page to print. Runs in native threads. Raises ``MissingGlyphs``."""
        if not self.typesetter.knows(_TIMETABLE):
            self.typesetter.add(_TIMETABLE, (_TEMPLATES / "timetable.typ").read_text(encoding="utf-8"))
        return self.typesetter.render(_TIMETABLE, said, day)

    @property
    def typesetter(self) -> Typesetter:
        """The warm typesetter."""
        if self._typesetter is None:
            self._typesetter = Typesetter(FontShelf([self._font_folder] if self._font_folder else []))
        return self._typesetter
