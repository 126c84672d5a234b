"""The words of messages: templates with named placeholders, and several messages in one digest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_STRAY = re.compile(r"[{}]")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_LONGEST_SHORT = 300


class WordingRefused(Exception):
    """A wording that cannot be used: ``unknown`` and ``missing`` placeholders, or ``stray`` braces."""

    def __init__(self, unknown: Sequence[str] = (), missing: Sequence[str] = (), stray: bool = False) -> None:
        super().__init__(f"unknown {list(unknown)}, missing {list(missing)}, stray braces: {stray}")
        self.unknown, self.missing, self.stray = tuple(unknown), tuple(missing), stray


@dataclass(frozen=True)
class Wording:
    """What one kind of message says: a subject, the full text, and a short text for a telephone's screen."""

    subject: str
    body: str
    short: str

    def placeholders(self) -> list[str]:
        """Return the names of the placeholders in order of appearance, each once."""
        return list(dict.fromkeys(_PLACEHOLDER.findall(f"{self.subject} {self.body} {self.short}")))

    def check(self, declared: Sequence[str], required: Sequence[str]) -> None:
        """Raise ``WordingRefused``: a placeholder not declared, a required one missing, stray braces."""
        used = self.placeholders()
        unknown = [name for name in used if name not in declared]
        missing = [name for name in required if name not in _PLACEHOLDER.findall(self.body)]
        texts = (self.subject, self.body, self.short)
        stray = any(_STRAY.search(_PLACEHOLDER.sub("", text)) for text in texts)
        if unknown or missing or stray:
            raise WordingRefused(unknown, missing, stray)

    def filled(self, values: Mapping[str, str]) -> Wording:
        """Return the words with every placeholder replaced; values are put in as they are and not read again."""

        def fill(text: str) -> str:
            return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)

        return Wording(fill(self.subject), fill(self.body), fill(self.short))


def digest(items: Sequence[Wording], opening: str, closing: str) -> Wording:
    """Return several messages as one: every one of them in full, numbered, none left out.

    Alike bodies are still said each by itself. The short text names the subjects as far as they fit, then their number.
    """
    if len(items) == 1:
        (only,) = items
        return Wording(only.subject, f"{opening}{only.body}\n\n{closing}", only.short)
    paragraphs = [f"{_numeral(place)}、{item.subject}\n{item.body}" for place, item in enumerate(items, start=1)]
    subject = f"培训工作通知（{len(items)}项）"
    return Wording(subject, opening + "\n\n".join(paragraphs) + f"\n\n{closing}", _short(items))


def _short(items: Sequence[Wording]) -> str:
    head, tail = f"您有{len(items)}项培训工作通知：", "。详见邮件或平台。"
    shown: list[str] = []
    for item in items:
        if len(head) + len("；".join([*shown, item.subject])) + len(tail) + 4 > _LONGEST_SHORT:
            return head + "；".join(shown) + f"等{len(items)}项" + tail
        shown.append(item.subject)
    return head + "；".join(shown) + tail


def _numeral(number: int) -> str:
    if number <= len(_NUMERALS):
        return _NUMERALS[number - 1]
    if number < 20:
        return "十" + _NUMERALS[number - 11]
    tens, rest = divmod(number, 10)
    if number < 100:
        return _NUMERALS[tens - 1] + "十" + (_NUMERALS[rest - 1] if rest else "")
    return str(number)
