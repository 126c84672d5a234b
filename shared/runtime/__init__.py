"""How a service runs: its kit, its runner, its probes. ``shared.runtime.testing`` runs one without a broker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.runtime.kit import Kit
    from shared.runtime.work import Work

__all__ = ["Kit", "Work"]


def __getattr__(name: str) -> Any:
    # P21: the runner patches in its own first line, and importing it imports this package first; nothing that
    # opens sockets or threads may come before the patch.
    if name == "Kit":
        from shared.runtime.kit import Kit

        return Kit
    if name == "Work":
        from shared.runtime.work import Work

        return Work
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
