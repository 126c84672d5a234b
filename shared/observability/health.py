"""Health checks: each says in words what is wrong; together they answer whether a process lives and is ready (P24)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from shared.observability.metrics import HEALTHY
from shared.wording import Words


@dataclass(frozen=True)
class Finding:
    """What one check found; ``trouble`` is ``None`` when all is well. ``measures`` are plain numbers."""

    trouble: Words | None = None
    measures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """A named check. ``essential``: while it fails the process is not ready; otherwise it only warns."""

    name: str
    run: Callable[[], Finding]
    essential: bool = True


@dataclass(frozen=True)
class Report:
    """All findings of one round; ``at`` is ``time.monotonic``."""

    findings: dict[str, Finding]
    essential: frozenset[str]
    at: float

    @property
    def ready(self) -> bool:
        """Whether no essential check found trouble."""
        return all(self.findings[name].trouble is None for name in self.essential)

    def to_wire(self) -> dict[str, Any]:
        """Return the report as plain JSON."""
        return {
            "ready": self.ready,
            "checks": {
                name: {
                    "ok": finding.trouble is None,
                    "essential": name in self.essential,
                    "trouble": finding.trouble.to_wire() if finding.trouble else None,
                    **({"measures": finding.measures} if finding.measures else {}),
                }
                for name, finding in self.findings.items()
            },
        }


class HealthChecks:
    """The checks of one process, run in rounds; a round never raises and no check holds up the others."""

    def __init__(self, seconds: float = 5.0) -> None:
        self._checks: dict[str, Check] = {}
        self._seconds = seconds
        self._running: dict[str, threading.Thread] = {}

    def add(self, name: str, run: Callable[[], Finding], *, essential: bool = True) -> None:
        """Add a check; a second one of the same name takes its place."""
        self._checks[name] = Check(name, run, essential)

    def run(self) -> Report:
        """Run every check, all at once, each for at most the given seconds, and report."""
        outcomes: dict[str, Finding] = {}
        for check in self._checks.values():
            self._start(check, outcomes)
        ends = time.monotonic() + self._seconds
        for thread in list(self._running.values()):
            thread.join(max(0.0, ends - time.monotonic()))
        findings = {name: outcomes.get(name) or self._late(name) for name in self._checks}
        for name, finding in findings.items():
            HEALTHY.labels(name).set(finding.trouble is None)
        essential = frozenset(check.name for check in self._checks.values() if check.essential)
        return Report(findings, essential, time.monotonic())

    def _start(self, check: Check, outcomes: dict[str, Finding]) -> None:
        hung = self._running.get(check.name)
        if hung is not None and hung.is_alive():
            return
        thread = threading.Thread(target=self._one, args=(check, outcomes), name=f"check:{check.name}", daemon=True)
        self._running[check.name] = thread
        thread.start()

    def _one(self, check: Check, outcomes: dict[str, Finding]) -> None:
        try:
            outcomes[check.name] = check.run()
        except Exception as error:
            kind = type(error).__name__
            outcomes[check.name] = Finding(
                Words(f"检查“{check.name}”失败（{kind}）", f"the check {check.name!r} failed ({kind})")
            )

    def _late(self, name: str) -> Finding:
        return Finding(
            Words(
                f"检查“{name}”超过 {self._seconds:g} 秒未完成",
                f"the check {name!r} did not finish within {self._seconds:g} s",
            )
        )
