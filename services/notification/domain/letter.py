"""The life of a registered letter; what it says never changes, a correction is a new letter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

LetterState = Literal["registered", "issued", "unprintable", "void"]
STATES: tuple[LetterState, ...] = ("registered", "issued", "unprintable", "void")


class LetterClosed(Exception):
    """The letter is void or superseded; ``state`` says which."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True)
class Letter:
    """Where one letter stands: ``registered`` (numbered), ``issued`` (printed), ``unprintable`` or ``void``."""

    state: LetterState = "registered"
    problem: dict[str, str] | None = None
    superseded_by: str | None = None
    voided_at: datetime | None = None
    voided_by: str | None = None
    void_reason: str | None = None

    @property
    def current(self) -> bool:
        """Whether the letter still holds."""
        return self.state != "void" and self.superseded_by is None

    def printed(self) -> Letter:
        """Return the letter once its PDF is stored; a void one stays void."""
        return self if self.state == "void" else replace(self, state="issued", problem=None)

    def not_printable(self, problem: dict[str, str]) -> Letter:
        """Return the letter that cannot be printed, with the problem in both languages."""
        return self if self.state == "void" else replace(self, state="unprintable", problem=problem)

    def print_again(self) -> Letter:
        """Return an unprintable letter ready for another try."""
        return replace(self, state="registered", problem=None) if self.state == "unprintable" else self

    def supersede(self, by: str) -> Letter:
        """Return the letter replaced by a newer one. Raises ``LetterClosed``."""
        if not self.current:
            raise LetterClosed("void" if self.state == "void" else "superseded")
        return replace(self, superseded_by=by)

    def void(self, reason: str, by: str, at: datetime) -> Letter:
        """Return the letter recorded as void; its number is not given out again. Raises ``LetterClosed``."""
        if self.state == "void":
            raise LetterClosed("void")
        return replace(self, state="void", void_reason=reason, voided_by=by, voided_at=at)
