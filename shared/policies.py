"""Limits as data: each has a value, the days it holds for, and where it comes from.

The one module of the kit that a domain may import: it is pure, and a rule's verdict names its limit's source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Policy:
    """One limit. ``basis`` is ``source`` (read in a public text), ``design`` (our choice) or ``unverified``."""

    key: str
    value: Any
    effective_from: date
    effective_to: date | None
    source: str
    basis: str

    def holds_on(self, day: date) -> bool:
        """Return whether the limit is in force on that day; both ends belong to it."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


class Policies:
    """The limits in force on one day."""

    def __init__(self, policies: Mapping[str, Policy]) -> None:
        self._policies = dict(policies)

    def __getitem__(self, key: str) -> Policy:
        return self._policies[key]

    def number(self, key: str) -> int:
        """Return a whole-number limit. Raises ``KeyError`` when none is in force."""
        return int(self._policies[key].value)


class PolicyTable:
    """Every limit of the service over time."""

    def __init__(self, rows: Iterable[Policy]) -> None:
        self._rows = tuple(rows)

    @classmethod
    def of(cls, package: str) -> PolicyTable:
        """Read the table a service ships: ``policies.json`` beside its manifest, such as of ``services.enrollment``."""
        return cls.from_plain(json.loads(files(package).joinpath("policies.json").read_text("utf-8")))

    @classmethod
    def from_plain(cls, rows: Iterable[Mapping[str, Any]]) -> PolicyTable:
        """Build the table from JSON rows. Raises ``KeyError`` or ``ValueError`` for a row that is not complete."""
        return cls(
            Policy(
                key=row["key"],
                value=row["value"],
                effective_from=date.fromisoformat(row["effective_from"]),
                effective_to=date.fromisoformat(row["effective_to"]) if row.get("effective_to") else None,
                source=row["source"],
                basis=row["basis"],
            )
            for row in rows
        )

    def on(self, day: date) -> Policies:
        """Return the limits in force on ``day``; of two for one key the one that began later wins."""
        chosen: dict[str, Policy] = {}
        for row in sorted(self._rows, key=lambda row: row.effective_from):
            if row.holds_on(day):
                chosen[row.key] = row
        return Policies(chosen)

    def rows(self) -> tuple[Policy, ...]:
        """Return every row, for a page that shows the limits with their sources."""
        return self._rows
