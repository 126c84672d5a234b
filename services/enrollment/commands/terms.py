"""The read model of terms: what scheduling announces."""

from __future__ import annotations

from typing import Any

from services.enrollment.commands.following import follow_cancellation, follow_days, follow_reinstatement
from services.enrollment.commands.hall import Hall
from services.enrollment.commands.standby import settle
from services.enrollment.store import SEATS, TERMS, empty_seats
from shared.errors import Unavailable
from shared.storage import Transaction
from shared.storage.canonical import plain

_KEPT = (
    "plan_id", "programme_id", "programme_ordinal", "programme_title", "kind", "ordinal", "starts_on", "ends_on",
    "days", "capacity", "room_id", "room_title", "replacement_notice_days", "replacement_day_kind", "reports_on",
    "campus_id", "campus_title", "campus_address",
)  # fmt: skip


def record_term(tx: Transaction, data: dict[str, Any]) -> bool:
    """A term was placed or moved: keep it, unless something newer about it is known already.

    Returns whether it was cancelled until now.
    """
    rows = tx.rows(TERMS)
    known = rows.one({"_id": data["term_id"]})
    version = int(data.get("version") or 0)
    heard = _retiming_heard(known, "moved_by_retiming", data)
    if known is not None and version < known["source_version"]:
        if heard["moved_by_retiming"] != known.get("moved_by_retiming"):
            rows.save({**known, **heard})
        return False
    fields = heard | {key: value for key, value in plain(data).items() if key in _KEPT}
    fields |= {"source_version": version, "cancelled": False, "cancel_reason": None}
    fields["held_online"] = data["delivery"] == "online"
    if known is None:
        rows.insert({"_id": data["term_id"], **fields})
    else:
        rows.save({**known, **fields})
    _set_capacity(tx, data["term_id"], int(data["capacity"]))
    if known is None:
        return False
    after = {**known, **fields}
    follow_days(tx, known, after)
    if known["cancelled"]:
        follow_reinstatement(tx, after)
    return bool(known["cancelled"])


def cancel_term(tx: Transaction, data: dict[str, Any]) -> None:
    """A term was cancelled: nothing more is filed for it or admitted to it, unless it was placed again since.

    A retiming may be undone until it is announced: what waits for a term that it cancels ends then.
    """
    known = tx.rows(TERMS).one({"_id": data["term_id"]})
    if known is None:
        # Events of two types may overtake each other; the retry ladder brings this one again.
        raise Unavailable(
            "尚未收到该期的安排，稍后重试",
            "the term's placement has not arrived yet; try again",
            term_id=data["term_id"],
        )
    retiming_id = data.get("retiming_id")
    known = {**known, **_retiming_heard(known, "cancelled_by_retiming", data)}
    overtaken = data["version"] < known["source_version"]
    if not overtaken:
        known |= {"source_version": data["version"], "cancelled": True, "cancel_reason": data["reason"]}
    tx.rows(TERMS).save(known)
    if not overtaken and retiming_id is None:
        follow_cancellation(tx, known["_id"])


def _retiming_heard(known: dict[str, Any] | None, key: str, data: dict[str, Any]) -> dict[str, str | None]:
    """Return the newest retiming whose part in the term was heard of; identifiers sort by making."""
    before: str | None = (known or {}).get(key)
    return {key: max(data.get("retiming_id") or "", before or "") or None}


def _set_capacity(tx: Transaction, term_id: str, capacity: int) -> None:
    rows = tx.rows(SEATS)
    row = rows.one({"_id": term_id})
    if row is None:
        rows.insert(empty_seats(term_id, capacity))
    elif row["capacity"] != capacity:
        hall = Hall(tx, term_id)
        hall.seats = hall.seats.with_capacity(capacity)
        settle(hall)
