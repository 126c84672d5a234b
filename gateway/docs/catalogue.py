"""Every problem code this process knows."""

from __future__ import annotations

from shared.errors import Fault


def known_faults() -> dict[str, type[Fault]]:
    """Return the fault classes by code: those of the kit, the gateway and the loaded contracts."""
    found: dict[str, type[Fault]] = {}
    waiting: list[type[Fault]] = [Fault]
    while waiting:
        kind = waiting.pop()
        found[kind.code] = kind
        waiting.extend(kind.__subclasses__())
    return found
