"""Which processes run on a database, and how new their code is: what a contraction asks first."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pymongo.errors import DuplicateKeyError

from shared.storage.canonical import digest
from shared.storage.connection import Backing
from shared.storage.faults import faults

PRESENCE = "_presence"
STALE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Present:
    """A running process: ``code`` is the highest migration its code knows."""

    instance: str
    code: int


class Presence:
    """The processes that said, within the last minute of the server's clock, that they run on this database."""

    def __init__(self, backing: Backing) -> None:
        self._rows = backing.collection(PRESENCE)
        self._code = max((migration.number for migration in backing.schema.migrations), default=0)
        self._validators = digest({each.name: each.whole_validator for each in backing.schema.collections})

    def say(self, instance: str) -> None:
        """Say that a process runs; again at least every half minute."""
        told = [{"$set": {"code": self._code, "validators": self._validators, "at": "$$NOW"}}]
        with faults(PRESENCE):
            if self._rows.update_one({"_id": instance}, told).matched_count:
                return
            with contextlib.suppress(DuplicateKeyError):
                self._rows.insert_one({"_id": instance, "code": self._code})
            self._rows.update_one({"_id": instance}, told)

    def leave(self, instance: str) -> None:
        """Say that a process has ended."""
        with faults(PRESENCE):
            self._rows.delete_one({"_id": instance})

    def older_than(self, code: int) -> list[Present]:
        """Return the running processes whose code does not know migration ``code``."""
        return self._fresh({"code": {"$lt": code}})

    def with_other_validators(self) -> list[Present]:
        """Return the running processes whose code has other validators than this, or does not say which it has."""
        return self._fresh({"validators": {"$ne": self._validators}})

    def _fresh(self, meant: dict[str, Any]) -> list[Present]:
        with faults(PRESENCE):
            rows = list(self._rows.aggregate([{"$match": meant}, {"$set": {"now": "$$NOW"}}]))
        fresh = (row for row in rows if "at" in row and row["now"] - row["at"] < STALE)
        return sorted((Present(row["_id"], row["code"]) for row in fresh), key=lambda each: each.instance)
