"""One plugin as the registry keeps it: its card, its state and how it came there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from shared.plugins.manifest import Manifest
from shared.wording import Words


class State(StrEnum):
    """Where a plugin stands in its life."""

    DISCOVERED = "discovered"
    LOADED = "loaded"
    STARTED = "started"
    FAILED = "failed"
    DISABLED = "disabled"


@dataclass(frozen=True)
class Step:
    """One step of a plugin's history; ``reason`` says why it failed or was disabled."""

    state: State
    reason: Words | None = None


@dataclass
class Plugin:
    """A plugin found by its entry point.

    ``manifest`` is ``None`` while disabled (nothing of it was imported) or when it could not be read. ``body`` is the
    imported attribute once loaded; ``instance`` is what hosts call once started. ``crashes`` counts guarded calls
    that failed; ``trouble`` is the latest traceback, for ``diaoxun plugins check``.
    """

    kind: str
    slug: str
    entry: str
    distribution: str
    manifest: Manifest | None = None
    body: Any = None
    instance: Any = None
    crashes: int = 0
    trouble: str = ""
    history: list[Step] = field(default_factory=list)

    @property
    def key(self) -> str:
        """``kind/slug``."""
        return f"{self.kind}/{self.slug}"

    @property
    def state(self) -> State:
        """The latest state."""
        return self.history[-1].state

    @property
    def reason(self) -> Words | None:
        """Why it failed or was disabled; ``None`` otherwise."""
        return self.history[-1].reason

    @property
    def usable(self) -> bool:
        """Whether it is neither failed nor disabled."""
        return self.state not in (State.FAILED, State.DISABLED)

    def enter(self, state: State, reason: Words | None = None) -> None:
        """Go to a state and remember it."""
        self.history.append(Step(state, reason))

    def fail(self, reason: Words) -> None:
        """Go to ``failed`` with a reason."""
        self.enter(State.FAILED, reason)

    def to_wire(self) -> dict[str, Any]:
        """Return the plugin as plain JSON, for the command line and the console."""
        return {
            "key": self.key,
            "kind": self.kind,
            "slug": self.slug,
            "state": self.state.value,
            "reason": self.reason.to_wire() if self.reason else None,
            "distribution": self.distribution,
            "entry": self.entry,
            "version": self.manifest.version if self.manifest else None,
            "summary": self.manifest.summary.to_wire() if self.manifest else None,
            "crashes": self.crashes,
            "history": [
                {"state": step.state.value, "reason": step.reason.to_wire() if step.reason else None}
                for step in self.history
            ],
        }
