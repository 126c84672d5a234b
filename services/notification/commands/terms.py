"""What this service knows of terms, and what follows for letters when a term moves or is cancelled."""

from __future__ import annotations

from typing import Any

from services.notification import contract
from services.notification.commands.voiding import void_all
from services.notification.store import ROSTERS, TERMS
from shared.storage import Transaction


def record_term(tx: Transaction, data: dict[str, Any]) -> None:
    """A term was placed or moved; what is older than the known version is passed over.

    Where letters are out already, they are drawn up anew.
    """
    terms = tx.rows(TERMS)
    known = terms.one({"_id": data["term_id"]})
    if known is not None and known["term_version"] >= data["version"]:
        return
    facts = {
        "programme_title": data["programme_title"],
        "ordinal": data["ordinal"],
        "starts_on": data["starts_on"].isoformat(),
        "ends_on": data["ends_on"].isoformat(),
        "days": data["days"],
        "room_title": data["room_title"] or "",
        "replacement_notice_days": data["replacement_notice_days"],
        "term_version": data["version"],
        "cancelled": False,
    }
    if known is None:
        terms.insert({"_id": data["term_id"], **facts})
        return
    terms.save({**known, **facts})
    for roster in tx.rows(ROSTERS).find({"term_id": data["term_id"]}):
        tx.emit(
            contract.ROSTER_OUTDATED,
            {"term_id": roster["term_id"], "unit_id": roster["unit_id"]},
            subject=roster["term_id"],
        )


def cancel_term(tx: Transaction, data: dict[str, Any]) -> None:
    """A term was cancelled: its letters no longer hold."""
    known = tx.rows(TERMS).one({"_id": data["term_id"]})
    if known is not None:
        tx.rows(TERMS).save({**known, "cancelled": True})
    for roster in tx.rows(ROSTERS).find({"term_id": data["term_id"]}):
        void_all(tx, roster, "该期培训已取消")
