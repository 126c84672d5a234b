"""A phone task: somebody of a named office rings somebody whom no message reached."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

TaskState = Literal["open", "assigned", "done", "cancelled"]
STATES: tuple[TaskState, ...] = ("open", "assigned", "done", "cancelled")
Outcome = Literal["reached", "no_answer", "wrong_number", "will_call_back", "unreachable"]
OUTCOMES: tuple[Outcome, ...] = ("reached", "no_answer", "wrong_number", "will_call_back", "unreachable")
_FINAL: frozenset[Outcome] = frozenset({"reached", "unreachable"})


class TaskClosed(Exception):
    """The task is done or cancelled; ``state`` says which."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True)
class PhoneTask:
    """Where a phone task stands; ``calls`` are the calls made, oldest first.

    ``unreachable`` is a person's last word: everything was tried, and somebody answers for leaving it at that.
    """

    state: TaskState = "open"
    assignee: str | None = None
    calls: tuple[dict[str, Any], ...] = ()

    def assign(self, to: str) -> PhoneTask:
        """Return it in somebody's hands. Raises ``TaskClosed``."""
        self._require_open()
        return replace(self, state="assigned", assignee=to)

    def record(self, outcome: Outcome, note: str, by: str, at: datetime) -> PhoneTask:
        """Return it after a call. Raises ``TaskClosed``."""
        self._require_open()
        call = {"outcome": outcome, "note": note, "by": by, "at": at}
        state: TaskState = "done" if outcome in _FINAL else self.state
        return replace(self, state=state, calls=(*self.calls, call))

    def cancel(self) -> PhoneTask:
        """Return it without need, because what it was for came about otherwise."""
        return self if self.state in {"done", "cancelled"} else replace(self, state="cancelled")

    def _require_open(self) -> None:
        if self.state in {"done", "cancelled"}:
            raise TaskClosed(self.state)
