"""Registering campuses, rooms and blackouts."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.scheduling.commands.announcing import hold_every_campus, review_places
from services.scheduling.commands.registering import refuse_match
from services.scheduling.store import BLACKOUTS, CAMPUS_SINCE, CAMPUSES, ROOMS
from shared.errors import Invalid, NotFound
from shared.storage import Collection, Transaction, exactly

Document = dict[str, Any]


def put_campus(tx: Transaction, request: dict[str, Any]) -> Document:
    """Register a campus or change it."""
    _refuse_beds_twice(request)
    return put_place(tx, CAMPUSES, "campus_id", request)


def put_room(tx: Transaction, request: dict[str, Any]) -> Document:
    """Register a room of a registered campus or change it."""
    hold_every_campus(tx)
    _need_campuses(tx, [request["campus_id"]])
    return put_place(tx, ROOMS, "room_id", request)


def put_rooms(tx: Transaction, requests: list[dict[str, Any]]) -> None:
    """Register or change several rooms of registered campuses; the placed terms are looked at once."""
    hold_every_campus(tx)
    _need_campuses(tx, [each["campus_id"] for each in requests])
    for each in requests:
        _stored(tx, ROOMS, "room_id", each)
    review_places(tx)


def put_blackout(tx: Transaction, request: dict[str, Any]) -> Document:
    """Set or change a blackout; the placed terms it touches are due for another place."""
    if request["ends_on"] < request["starts_on"]:
        raise Invalid(
            f"停办时段的结束日期{request['ends_on']}早于开始日期{request['starts_on']}，请核对",
            f"the blackout ends on {request['ends_on']}, before it starts on {request['starts_on']}; check the dates",
        )
    hold_every_campus(tx)
    _need_campuses(tx, request["campus_ids"])
    return put_place(tx, BLACKOUTS, "blackout_id", request)


def lift_blackout(tx: Transaction, request: dict[str, Any]) -> Document:
    """Take a blackout away."""
    hold_every_campus(tx)
    return remove_place(tx, BLACKOUTS, "blackout_id", request["blackout_id"])


def put_place(
    tx: Transaction, collection: Collection, key: str, request: dict[str, Any], keep_key: bool = False
) -> Document:
    """Register or change something terms are placed by; the placed terms are looked at again."""
    return place_reply(_stored(tx, collection, key, request, keep_key), key, review_places(tx))


def remove_place(tx: Transaction, collection: Collection, key: str, id: str) -> Document:
    """Take something away that terms are placed by; the placed terms are looked at again."""
    doc = tx.rows(collection).get(id)
    tx.rows(collection).remove(doc)
    return place_reply(doc, key, review_places(tx))


def place_reply(doc: Document, key: str, due_terms: list[str] | None = None) -> Document:
    """Return a document of a place as the reply of an operation."""
    return {**CAMPUS_SINCE, **doc, key: doc["_id"], "due_terms": due_terms or []}


def _stored(
    tx: Transaction, collection: Collection, key: str, request: dict[str, Any], keep_key: bool = False
) -> Document:
    fields = {name: _plain(value) for name, value in request.items()}
    id = fields[key] if keep_key else fields.pop(key)
    rows = tx.rows(collection)
    doc = rows.one({"_id": exactly(id)})
    if doc is None:
        refuse_match(tx, id)
        doc = rows.insert({"_id": id, **fields})
    elif any({**CAMPUS_SINCE, **doc}.get(name) != value for name, value in fields.items()):
        doc.update(fields)
        rows.save(doc)
    else:
        tx.expect(doc)
    return doc


def _refuse_beds_twice(request: dict[str, Any]) -> None:
    told = sum(each["beds"] for each in request["dormitories"])
    if told > request["beds"]:
        raise Invalid(
            f"各类床位合计{told}张，超过校区总床位{request['beds']}张；请核对各宿舍床位或总床位",
            f"the dormitories have {told} beds together, more than the {request['beds']} of the campus; check both",
            fields={"dormitories": [f"{told} > {request['beds']}"]},
        )


def _need_campuses(tx: Transaction, ids: list[str]) -> None:
    known = {doc["_id"] for doc in tx.rows(CAMPUSES).find({"_id": {"$in": list(ids)}})}
    missing = sorted(set(ids) - known)
    if missing:
        raise NotFound(
            f"没有编号为{'、'.join(missing)}的校区，请先登记校区",
            f"there is no campus {', '.join(missing)}; register it first",
            campus_ids=missing,
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
