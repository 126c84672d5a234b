"""The last events of all services, in one order, each seen only by callers who reach its unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.store import EVENT_HEAD, EVENT_LOG, ITSELF
from shared.context import Context
from shared.security.caller import Caller
from shared.storage import Store, Transaction
from shared.wording import Words

_HEAD = "head"
_TRIM_SLACK = 500


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a reader missed events, and the sequence number to go on after."""

    sequence: int
    words: Words

    def to_wire(self) -> dict[str, Any]:
        """Return it as the stream and the log tell it."""
        return {"sequence": self.sequence, **self.words.to_wire()}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the log begins and ends; ``first`` is the oldest sequence number still kept (``head + 1`` when empty)."""

    first: int
    head: int

    def gap_after(self, seen: int) -> Gap | None:
        """Return what a reader who saw events up to number ``seen`` missed; ``None`` when nothing."""
        if seen < self.first - 1:
            return Gap(self.first - 1, Words("部分事件已超出保留范围", "some events are no longer kept"))
        if seen > self.head:  # the log is that of a backup: its numbers were given once before
            return Gap(self.head, Words("事件序号已重新开始，部分事件可能缺失", "the numbers began anew"))
        return None


class EventLog:
    """Numbers events as they arrive and keeps the newest ``kept`` of them (a little more between two trims).

    An event of a unit is for callers who reach the unit. An event of no unit (a term placed, a plan published) tells
    of the whole city's planning before anybody decided to tell the units: it is for callers who reach the whole city.
    """

    def __init__(self, store: Store, kept: int) -> None:
        self._store, self._kept = store, kept

    def append(self, events: Sequence[dict[str, Any]]) -> int:
        """Store CloudEvents envelopes, skipping those already here; return how many were new.

        One transaction numbers and stores them: the head's row lets one writer through at a time, so a reader who has
        seen number n never misses a lower one that commits later.
        """

        def body(tx: Transaction) -> dict[str, Any]:
            rows = tx.rows(EVENT_LOG)
            known = {row["_id"] for row in rows.find({"_id": {"$in": [event["id"] for event in events]}})}
            fresh = {event["id"]: event for event in events if event["id"] not in known}
            if not fresh:
                return {"new": 0}
            head = tx.rows(EVENT_HEAD).one({"_id": _HEAD})
            sequence = 0 if head is None else int(head["sequence"])
            rows.insert_many([_row(sequence + place, event) for place, event in enumerate(fresh.values(), start=1)])
            head = {**(head or {"_id": _HEAD, "first": 1}), "sequence": sequence + len(fresh)}
            self._trim(tx, head)
            if "version" in head:
                tx.rows(EVENT_HEAD).save(head)
            else:
                tx.rows(EVENT_HEAD).insert(head)
            return {"new": len(fresh)}

        return int(self._store.transact(ITSELF, body, operation="log_events")["new"])

    def place(self) -> Place:
        """Return where the log begins and ends now."""
        head = self._store.view(ITSELF).rows(EVENT_HEAD).one({"_id": _HEAD})
        return Place(1, 0) if head is None else Place(int(head["first"]), int(head["sequence"]))

    def after(self, caller: Caller, sequence: int, types: Iterable[str], limit: int) -> list[dict[str, Any]]:
        """Return up to ``limit`` rows above ``sequence`` that the caller may see, oldest first."""
        return self._find(caller, {"sequence": {"$gt": sequence}}, types, 1, limit)

    def newest(self, caller: Caller, before: int | None, types: Iterable[str], limit: int) -> list[dict[str, Any]]:
        """Return up to ``limit`` rows below ``before`` that the caller may see, newest first."""
        return self._find(caller, {} if before is None else {"sequence": {"$lt": before}}, types, -1, limit)

    def _find(
        self, caller: Caller, condition: dict[str, Any], types: Iterable[str], order: int, limit: int
    ) -> list[dict[str, Any]]:
        rows = self._store.view(Context(caller=caller)).rows(EVENT_LOG)
        wanted = sorted(set(types))
        parts = [part for part in (condition, {"type": {"$in": wanted}} if wanted else {}, rows.reach()) if part]
        return rows.find({"$and": parts} if parts else {}, sort=[("sequence", order)], limit=limit)

    def _trim(self, tx: Transaction, head: dict[str, Any]) -> None:
        first = head["sequence"] - self._kept + 1
        if first - head["first"] < _TRIM_SLACK:
            return
        rows = tx.rows(EVENT_LOG)
        for old in rows.find({"sequence": {"$lt": first}}):
            rows.remove(old)
        head["first"] = first


def _row(sequence: int, event: dict[str, Any]) -> dict[str, Any]:
    data = event.get("data")
    unit_id = data.get("unit_id") if isinstance(data, dict) else None
    return {
        "_id": event["id"],
        "sequence": sequence,
        "type": event["type"],
        "unit_id": unit_id if isinstance(unit_id, str) else None,
        "event": event,
    }
