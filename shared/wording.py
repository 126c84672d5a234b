"""Words shown to people, in the two languages of the product."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One message in Chinese and in English; both are always given."""

    zh: str
    en: str

    def to_wire(self) -> dict[str, str]:
        """Return ``{"zh": …, "en": …}``, the shape used in JSON everywhere."""
        return {"zh": self.zh, "en": self.en}

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"
