"""The life of a registered letter; what it says never changes, a correction is a new letter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

LetterState = Literal["registered", "printed", "issued", "unprintable", "void"]
STATES: tuple[LetterState, ...] = ("registered", "printed", "issued", "unprintable", "void")


class LetterClosed(Exception):
    """The letter is void or superseded; ``state`` says which."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class NotWaiting(Exception):
    """The letter does not wait for a signature; ``state`` says what it is instead."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True)
class Letter:
    """Where one letter stands.

    ``registered`` (numbered), ``printed`` (waits to be signed off), ``issued`` (may go out), ``unprintable``, ``void``.
    """

    state: LetterState = "registered"
    problem: dict[str, str] | None = None
    superseded_by: str | None = None
    voided_at: datetime | None = None
    voided_by: str | None = None
    void_reason: str | None = None
    signed_off_by: str | None = None
    signed_off_at: datetime | None = None

    @property
    def current(self) -> bool:
        """Whether the letter still holds."""
        return self.state != "void" and self.superseded_by is None

    def printed(self, sign_off: bool = False) -> Letter:
        """Return the letter once its PDF is stored: issued, or waiting for the signature it needs. Void stays void."""
        return self if self.state == "void" else replace(self, state="printed" if sign_off else "issued", problem=None)

    def sign_off(self, by: str, at: datetime) -> Letter:
        """Return the letter signed off: it may go out. Raises ``NotWaiting``."""
        if self.state != "printed" or not self.current:
            raise NotWaiting(self.state if self.current or self.state == "void" else "superseded")
        return replace(self, state="issued", signed_off_by=by, signed_off_at=at)

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
