"""Bundling: what is to leave for one recipient leaves in one dispatch; urgent messages leave each by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from services.notification.commands.deadlines import moot
from services.notification.commands.sending import quietly
from services.notification.commands.telling import Sayings
from services.notification.domain.ladder import Ladder
from services.notification.queries.contacts import ladders_of
from services.notification.store import DEADLINES, DISPATCHES, MESSAGES, ladder_row
from shared.identifiers import new_id
from shared.runtime.work import Work
from shared.storage import Transaction

_BATCH = 200


def bundle_due(work: Work) -> None:
    """Put every message whose time has come into a dispatch."""
    while True:
        found: list[int] = []

        def bundle(tx: Transaction, found: list[int] = found) -> None:
            due = {"leaves_at": {"$type": "date", "$lte": tx.now}}
            first = tx.rows(MESSAGES).find(due, [("leaves_at", 1)], _BATCH, ("recipient",))
            found[:] = [len(first)]
            recipients = sorted({row["recipient"] for row in first})
            # All that is due for these recipients: a batch must not cut a digest in two.
            rows = tx.rows(MESSAGES).find(
                {"leaves_at": {"$type": "date", "$lte": tx.now}, "recipient": {"$in": recipients}}
            )
            bundle_rows(tx, rows)

        quietly(work, "bundle_messages", bundle)
        if found[-1] < _BATCH:
            return


def bundle_named(tx: Transaction, message_ids: Sequence[str]) -> None:
    """Put messages that wait for nothing into dispatches now."""
    rows = tx.rows(MESSAGES).find({"_id": {"$in": list(message_ids)}, "state": "waiting"}, [("_id", 1)])
    bundle_rows(tx, rows)


def bundle_rows(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Put waiting messages into dispatches; what asks for something that nobody waits for any more is dropped."""
    stale = _stale(tx, rows) | moot(tx, [row for row in rows if row.get("event_id")])
    dropped = [{**row, "state": "cancelled", "leaves_at": None} for row in rows if row["_id"] in stale]
    bundles: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["_id"] not in stale:
            bundles[row["recipient"], row["_id"] if row["urgent"] else ""].append(row)
    channels = ladders_of(tx, sorted({recipient for recipient, _ in bundles}))
    dispatches: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    sayings = Sayings.at(tx)
    for (recipient, _), messages in bundles.items():
        messages.sort(key=lambda row: (row["created_at"], row["_id"]))
        dispatch = {
            "_id": new_id("dispatch"),
            "recipient": recipient,
            "unit_id": messages[0]["unit_id"] if recipient.startswith(("unit:", "trainee:")) else None,
            "urgent": messages[0]["urgent"],
            "message_ids": [row["_id"] for row in messages],
            "words": None,
            "task_id": None,
            "created_at": tx.now,
            **ladder_row(Ladder.raised(channels[recipient], sayings.calm(tx.now, messages[0]["urgent"]))),
        }
        dispatches.append(dispatch)
        changed += [
            {**row, "state": "dispatched", "leaves_at": None, "dispatch_id": dispatch["_id"]} for row in messages
        ]
    tx.rows(DISPATCHES).insert_many(dispatches)
    tx.rows(MESSAGES).save_many([*dropped, *changed])


def _stale(tx: Transaction, rows: Sequence[dict[str, Any]]) -> set[str]:
    reminders = [row for row in rows if row["deadline"]]
    known = {
        row["_id"]: row for row in tx.rows(DEADLINES).find({"_id": {"$in": [row["deadline"] for row in reminders]}})
    }

    def holds(row: dict[str, Any]) -> bool:
        deadline = known.get(row["deadline"])
        if deadline is None or deadline["state"] != "open" or deadline["due_on"] != row["due_on"]:
            return False
        # Once the day is over, nobody is reminded that it is near.
        return bool(row["reminder"] > 0 or row["due_on"] >= tx.today.isoformat())

    return {row["_id"] for row in reminders if not holds(row)}
