"""A deadline: something one recipient has to do by a day, and when to remind of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

DeadlineState = Literal["open", "met", "cancelled"]
STATES: tuple[DeadlineState, ...] = ("open", "met", "cancelled")
Shift = Callable[[date, int], date]
"""Returns the day so many working days after (before, when negative) a day."""


@dataclass(frozen=True)
class Slot:
    """One turn of a deadline: ``offset`` working days from the due day, negative before it, above zero when overdue."""

    offset: int
    on: date

    @property
    def overdue(self) -> bool:
        """Whether the day is over by then."""
        return self.offset > 0


@dataclass(frozen=True)
class Deadline:
    """Where a deadline stands. ``passed`` are the offsets that had their turn: none comes a second time."""

    due_on: date
    state: DeadlineState = "open"
    passed: tuple[int, ...] = ()

    @staticmethod
    def opened(due_on: date, offsets: Sequence[int], shift: Shift, today: date) -> Deadline:
        """Return a new deadline. What would already have been reminded of by today is passed over.

        The message that tells of the deadline goes out today and is reminder enough.
        """
        early = tuple(slot.offset for slot in _slots(due_on, offsets, shift) if slot.on <= today and not slot.overdue)
        return Deadline(due_on, passed=early)

    def turn(self, offsets: Sequence[int], shift: Shift, today: date) -> Slot | None:
        """Return the slot whose turn it is: of several that are due only the last, once."""
        if self.state != "open":
            return None
        due = [slot for slot in _slots(self.due_on, offsets, shift) if slot.on <= today]
        last = due[-1] if due else None
        return last if last is not None and all(last.offset > offset for offset in self.passed) else None

    def take(self, slot: Slot, offsets: Sequence[int]) -> Deadline:
        """Return it with the turn taken, and every earlier one with it."""
        passed = {*self.passed, *(offset for offset in offsets if offset <= slot.offset)}
        return replace(self, passed=tuple(sorted(passed)))

    def next_on(self, offsets: Sequence[int], shift: Shift) -> date | None:
        """Return the day of the next turn; ``None`` when there is none left or the deadline is closed."""
        if self.state != "open":
            return None
        latest = max(self.passed, default=None)
        slots = _slots(self.due_on, offsets, shift)
        return next((slot.on for slot in slots if latest is None or slot.offset > latest), None)

    def close(self, state: DeadlineState) -> Deadline:
        """Return it closed; a closed one stays as it is."""
        return replace(self, state=state) if self.state == "open" else self

    def reopen(self) -> Deadline:
        """Return it open again, with the turns it had; one that was met stays so."""
        return replace(self, state="open") if self.state == "cancelled" else self


def _slots(due_on: date, offsets: Sequence[int], shift: Shift) -> list[Slot]:
    return [Slot(offset, shift(due_on, offset)) for offset in sorted(offsets)]
