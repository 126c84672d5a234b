"""What accounts and keys are called: whoever sees that one of them did something may know it by its name."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.store import ACCOUNTS, ITSELF, KEYS
from shared.storage import Store


class CallerTitles:
    """The titles of accounts and the labels of keys; those disabled or revoked since keep theirs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, subjects: Iterable[str]) -> dict[str, str]:
        """Return what callers are called; services, and whoever is not known, are left out."""
        view, among = self._store.view(ITSELF), {"_id": {"$in": sorted(set(subjects))}}
        named = ((ACCOUNTS, "title"), (KEYS, "label"))
        return {row["_id"]: str(row[name]) for rows, name in named for row in view.rows(rows).find(among)}
