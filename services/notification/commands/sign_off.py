"""Signing printed letters off: only then do they go out."""

from __future__ import annotations

from typing import Any

from services.notification import contract
from services.notification.commands.acknowledgements import awaited
from services.notification.commands.printing import announce_issued
from services.notification.domain.letter import NotWaiting
from services.notification.store import LETTERS, letter_of, letter_row
from shared.storage import Transaction

_STATE_ZH = {
    "registered": "尚未生成",
    "issued": "已签发或无须签发",
    "unprintable": "未能生成",
    "void": "已作废",
    "superseded": "已被新函替换",
}


def sign_off_letters(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Sign letters off; those that do not wait for it are reported and left as they are."""
    items, signed = [], []
    for row in _chosen(tx, request):
        try:
            life = letter_of(row).sign_off(tx.caller.subject, tx.now)
        except NotWaiting as other:
            items.append(_shown(row, row["state"], _problem(row, other.state)))
            continue
        signed.append({**row, **letter_row(life)})
        items.append(_shown(row, life.state, None))
    for group in _by_batch(signed):
        saved = tx.rows(LETTERS).save_many(awaited(tx, group))
        announce_issued(tx, group[0]["batch_id"], saved)
        tx.emit(
            contract.BATCH_SIGNED_OFF,
            {
                **{name: group[0][name] for name in ("batch_id", "term_id", "unit_id")},
                "letter_ids": [row["_id"] for row in group],
            },
            subject=group[0]["batch_id"],
        )
    return {"done": len(signed), "left": len(items) - len(signed), "items": items}


def _chosen(tx: Transaction, request: dict[str, Any]) -> list[dict[str, Any]]:
    rows = tx.rows(LETTERS)
    if "letter_ids" in request:
        return [rows.get_within_reach(letter_id) for letter_id in dict.fromkeys(request["letter_ids"])]
    wanted: dict[str, Any] = {name: request[name] for name in ("term_id", "unit_id", "kind") if name in request}
    return rows.find({**rows.reach(), **wanted, "state": "printed", "superseded_by": None}, [("_id", 1)])


def _by_batch(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["batch_id"], []).append(row)
    return list(groups.values())


def _shown(row: dict[str, Any], state: str, problem: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "letter_id": row["_id"],
        "number": row["number"],
        "done": problem is None,
        "state": state,
        "problem": problem,
    }


def _problem(row: dict[str, Any], state: str) -> dict[str, Any]:
    zh = f"{row['number']}{_STATE_ZH[state]}，不需要签发"
    en = f"letter {row['number']} is {state}; it does not wait to be signed off"
    return {"code": contract.LetterNotWaiting.code, "message": {"zh": zh, "en": en}}
