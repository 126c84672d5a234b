"""A sentence in the two languages of the product, for rules that know nothing of the platform."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a rule says to a person, in Chinese and in English; it never holds a name or a number of a person."""

    zh: str
    en: str

    def plain(self) -> dict[str, str]:
        """Return ``{"zh": …, "en": …}``."""
        return {"zh": self.zh, "en": self.en}


class Refusal(ValueError):
    """A value or an action the domain does not accept; ``code`` is stable, the sentence is for people."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.code = code
        self.sentence = Sentence(zh, en)
