"""How a dispatch ends: somebody is reached, or an office has to ring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.notification import contract
from services.notification.commands.phone_tasks import Ringing, open_task
from services.notification.domain.ladder import LadderClosed
from services.notification.queries.dispatches import shown
from services.notification.rulebook import title_of
from services.notification.store import DISPATCHES, MESSAGES, ladder_of, ladder_row
from shared.storage import Transaction
from shared.wording import Words

_OFFICE_OF_LECTURERS = "party_school"
_OFFICE = "organisation_department"


def conclude(tx: Transaction, dispatches: Sequence[dict[str, Any]]) -> None:
    """Carry what became of dispatches over to their messages; open the phone task of those that reached nobody."""
    for dispatch in dispatches:
        messages = tx.rows(MESSAGES).find({"_id": {"$in": dispatch["message_ids"]}})
        tx.rows(MESSAGES).save_many({**row, "state": dispatch["state"]} for row in messages)
        if dispatch["state"] == "phone":
            _ring(tx, dispatch, messages)


def record_outcome(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Write down what became of a sending later: a mail that came back climbs on, a fax that went through ends it."""
    row = tx.rows(DISPATCHES).get_within_reach(request["dispatch_id"])
    tx.expect(row)
    said = {"zh": request["note"], "en": request["note"]}
    ladder = ladder_of(row)
    try:
        if request["outcome"] != "reached":
            after = ladder.bounce(request["channel"], said, tx.now)
        elif ladder.state == "underway" and ladder.present.channel == request["channel"]:
            after = ladder.reach(request["note"], ladder.present.address or "", tx.now)
        else:
            raise LadderClosed(ladder.state)
    except LadderClosed as closed:
        raise contract.DispatchClosed(
            f"该次发送（{closed.state}）没有等待渠道“{request['channel']}”的结果",
            f"the dispatch ({closed.state}) does not wait for an outcome of {request['channel']!r}",
            dispatch_id=row["_id"],
            state=closed.state,
        ) from None
    saved = tx.rows(DISPATCHES).save({**row, **ladder_row(after)})
    if saved["state"] in {"reached", "phone"}:
        conclude(tx, [saved])
    else:
        messages = tx.rows(MESSAGES).find({"_id": {"$in": row["message_ids"]}})
        tx.rows(MESSAGES).save_many({**each, "state": "dispatched"} for each in messages)
    return shown(saved)


def reached_by_phone(tx: Transaction, dispatch_id: str, note: str) -> None:
    """End a dispatch because somebody was reached on the telephone."""
    row = tx.rows(DISPATCHES).get(dispatch_id)
    if row["state"] != "phone":
        return
    saved = tx.rows(DISPATCHES).save({**row, **ladder_row(ladder_of(row).call(note, tx.now))})
    conclude(tx, [saved])


def _ring(tx: Transaction, dispatch: dict[str, Any], messages: Sequence[dict[str, Any]]) -> None:
    titles = list(dict.fromkeys(title_of(row["template"]) for row in messages))
    said = Words(f"各渠道均未送达：{'、'.join(titles)}", f"no channel reached them: {len(messages)} messages")
    lecturer = dispatch["recipient"].startswith("lecturer:")
    terms = {row["term_id"] for row in messages}
    ringing = Ringing(
        _OFFICE_OF_LECTURERS if lecturer else _OFFICE,
        dispatch["recipient"],
        "message",
        dispatch["_id"],
        said,
        dispatch["unit_id"],
        terms.pop() if len(terms) == 1 else None,
        dispatch["urgent"],
        tuple(row["_id"] for row in messages),
    )
    task_id = open_task(tx, ringing)
    tx.rows(DISPATCHES).save({**tx.rows(DISPATCHES).get(dispatch["_id"]), "task_id": task_id})
    for row in messages:
        said_of = {"message_id": row["_id"], "recipient": row["recipient"], "unit_id": row["unit_id"]}
        tx.emit(contract.MESSAGE_FAILED, {**said_of, "task_id": task_id}, subject=row["_id"])
