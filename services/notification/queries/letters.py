"""Reading the register, the PDFs and the figures."""

from __future__ import annotations

import base64
from collections import defaultdict
from datetime import date
from typing import Any

from services.notification import contract
from services.notification.domain.acknowledgement import Acknowledgement
from services.notification.domain.facts import KINDS
from services.notification.store import DELIVERIES, FILES, LETTERS
from shared.errors import NotFound
from shared.security.caller import Role
from shared.storage import View, subtree

KIND_ZH = {"transfer": "选调函", "admission": "入学通知书"}


def list_letters(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List letters of the units the caller reaches; to the holder of a personal link, that person's own."""
    wanted: dict[str, Any] = {name: request[name] for name in ("term_id", "kind", "state") if name in request}
    if "acknowledgement" in request:
        wanted["acknowledgement.state"] = request["acknowledgement"]
    conditions: list[dict[str, Any]] = [wanted, _own(view), in_subtree(request)]
    if "current" in request:
        holds = {"superseded_by": None, "state": {"$ne": "void"}}
        conditions.append(holds if request["current"] else {"$nor": [holds]})
    items, cursor = view.rows(LETTERS).page({"$and": conditions}, request.get("cursor"), request["limit"])
    return {"items": [shown(row) for row in items], "next_cursor": cursor}


def get_letter(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one letter."""
    return shown(readable_letter(view, request["letter_id"]))


def get_letter_file(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Return the PDF of a letter; who looked at it goes into the audit log."""
    letter = readable_letter(view, request["letter_id"])
    file = view.rows(FILES).one({"_id": letter["_id"]})
    if file is None:
        raise contract.LetterNotPrinted(
            f"{letter['number']}尚未生成 PDF（状态：{letter['state']}），请稍后再试或查看函件的问题说明",
            f"letter {letter['number']} has no PDF yet (state {letter['state']}); try again later or see its problem",
            letter_id=letter["_id"],
            state=letter["state"],
        )
    pdf: bytes = view.rows(FILES).unseal(file, "pdf", purpose="download a letter")
    return {
        "filename": filename(letter["kind"], letter["number"]),
        "media_type": "application/pdf",
        "content": base64.b64encode(pdf).decode(),
    }


def readable_letter(view: View, letter_id: str) -> dict[str, Any]:
    """Return a letter of a unit within reach, or the caller's own; ``NotFound`` otherwise, telling nothing."""
    if view.caller.roles != {Role.TRAINEE}:
        return view.rows(LETTERS).get_within_reach(letter_id)
    row = view.rows(LETTERS).one({"_id": letter_id, "nomination_id": view.caller.own_id(Role.TRAINEE)})
    if row is None:
        raise NotFound(f"没有编号为“{letter_id}”的函件", f"there is no letter {letter_id!r}", id=letter_id)
    return row


def letters_summary(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Count letters and deliveries of each term by kind and state."""
    match = {"$and": [{name: request[name] for name in ("term_id",) if name in request}, view.rows(LETTERS).reach()]}
    terms: dict[str, dict[str, dict[str, int]]] = defaultdict(_zeros)
    together = _zeros()
    grouped = view.rows(LETTERS).aggregate(
        [
            {"$match": match},
            {
                "$group": {
                    "_id": {"term": "$term_id", "kind": "$kind", "state": "$state", "by": "$superseded_by"},
                    "count": {"$sum": 1},
                }
            },
        ]
    )
    for group in grouped:
        key = group["_id"]
        state = "superseded" if key.get("by") and key["state"] != "void" else key["state"]
        _add(terms[key["term"]][key["kind"]], together[key["kind"]], state, group["count"])
    for group in view.rows(DELIVERIES).aggregate(
        [{"$match": match}, {"$group": {"_id": {"term": "$term_id", "state": "$state"}, "count": {"$sum": 1}}}]
    ):
        key = group["_id"]
        _add(terms[key["term"]]["deliveries"], together["deliveries"], key["state"], group["count"])
    return {"items": [{"term_id": term, **counts} for term, counts in sorted(terms.items())], **together}


def _own(view: View) -> dict[str, Any]:
    if view.caller.roles == {Role.TRAINEE}:
        return {"nomination_id": view.caller.own_id(Role.TRAINEE)}
    return view.rows(LETTERS).reach()


def in_subtree(request: dict[str, Any]) -> dict[str, Any]:
    """Return the filter for the requested unit and those below it; no filter when none is requested."""
    return subtree(request["unit_id"]) if "unit_id" in request else {}


def filename(kind: str, number: str) -> str:
    """Return the name of a letter's file: its kind and number, no person's name."""
    return f"{KIND_ZH[kind]}-{number}.pdf"


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored letter as the contract shows it."""
    names = (
        "kind number issued_on title term_id unit_id unit_title nomination_id trainees state problem supersedes "
        "superseded_by void_reason voided_at sha256 size version"
    )
    fields = {name: row[name] for name in names.split()}
    later = {name: row.get(name) for name in ("signed_off_by", "signed_off_at")}
    acknowledged = row.get("acknowledgement")
    return {
        "letter_id": row["_id"],
        **fields,
        **later,
        "sign_off": row.get("sign_off", False),
        "acknowledgement": acknowledged and Acknowledgement.of_row(acknowledged).__dict__,
        "issued_on": date.fromisoformat(row["issued_on"]),
    }


def _zeros() -> dict[str, dict[str, int]]:
    return {**{kind: {} for kind in KINDS}, "deliveries": {}}


def _add(one: dict[str, int], all_of_them: dict[str, int], state: str, count: int) -> None:
    for counts in (one, all_of_them):
        counts[state] = counts.get(state, 0) + count
