"""The table of what each extension point asks of its plugins, beyond what holds for all of them.

An extension point's owner declares, in the entry-point group ``diaoxun.conformance``, an entry named as the kind that
points at a function ``check(instance, manifest)``; where several rooms own one kind by capability, the others append
a dot and a word to the name. The function raises ``AssertionError`` saying what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

from shared.plugins.manifest import Manifest

GROUP = "diaoxun.conformance"
ProtocolCheck = Callable[[Any, Manifest], None]
_registered: dict[str, list[ProtocolCheck]] = {}


def register_check(kind: str, check: ProtocolCheck) -> ProtocolCheck:
    """Add a check for a kind in this process only; installed ones come from the entry points."""
    _registered.setdefault(kind, []).append(check)
    return check


def checks_for(kind: str) -> list[ProtocolCheck]:
    """Return every check for a kind: installed ones, then registered ones."""
    installed = [entry.load() for entry in entry_points(group=GROUP) if entry.name.partition(".")[0] == kind]
    return [*installed, *_registered.get(kind, ())]
