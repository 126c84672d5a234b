"""Arranging rooms and groups, by rule and by hand; people who come and go later are followed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.enrollment.commands.hall import Hall
from services.enrollment.commands.refusals import fault_of
from services.enrollment.domain.arrangement import Room, arrange, refuse_odd_rooms, refuse_unsuitable
from services.enrollment.domain.wording import Refusal
from services.enrollment.limits import policy_table
from services.enrollment.queries.arrangements import guests_of, shown_arrangement
from services.enrollment.store import ARRANGEMENTS, places_fields, places_from, rooms_from
from shared.errors import NotFound
from shared.storage import Transaction, exactly


def arrange_term(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give everybody admitted a bed and a group; who has one keeps it while it holds."""
    Hall(tx, request["term_id"]).require_open("不再安排住宿", "no rooms are arranged")
    rooms = [Room(item["number"], item["beds"], item["kept_for"]) for item in request["rooms"]]
    try:
        refuse_odd_rooms(rooms)
    except Refusal as refusal:
        raise fault_of(refusal) from None
    size = request["group_size"] or policy_table().on(tx.today).number("grouping.size")
    rows = tx.rows(ARRANGEMENTS)
    before = rows.one({"_id": exactly(request["term_id"])})
    fields = {"rooms": request["rooms"], "group_size": size, "meeting_places": request["meeting_places"]}
    places = arrange(rooms, guests_of(tx, request["term_id"]), places_from(before) if before else {}, size)
    fields["places"] = places_fields(places)
    if before is None:
        return shown_arrangement(tx, rows.insert({"_id": request["term_id"], **fields, "moves": []}))
    return shown_arrangement(tx, rows.save({**before, **fields}))


def move_trainee(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put somebody elsewhere by hand; who did so and why is kept."""
    row = tx.rows(ARRANGEMENTS).get(request["term_id"])
    guests = {guest.nomination_id: guest for guest in guests_of(tx, row["_id"])}
    guest, places = guests.get(request["nomination_id"]), places_from(row)
    if guest is None or guest.nomination_id not in places:
        raise NotFound(
            f"“{request['nomination_id']}”不是该期已安排的学员，请核对编号",
            f"{request['nomination_id']!r} is nobody arranged in this term; check the identifier",
            id=request["nomination_id"],
        )
    before = places[guest.nomination_id]
    after = replace(before, **{key: request[key] for key in ("room", "group") if key in request})
    places[guest.nomination_id] = after
    try:
        here = [each for each in guests.values() if each.nomination_id in places]
        refuse_unsuitable(rooms_from(row), here, places, guest)
    except Refusal as refusal:
        raise fault_of(refusal) from None
    note = {"nomination_id": guest.nomination_id, "reason": request["reason"], "by": tx.caller.subject, "at": tx.now}
    moves = [*row["moves"], {**note, "room": after.room, "group": after.group}]
    return shown_arrangement(tx, tx.rows(ARRANGEMENTS).save({**row, "places": places_fields(places), "moves": moves}))


def follow_people(tx: Transaction, news: dict[str, Any]) -> None:
    """People of a term came or went: beds become free, who replaces somebody takes their place, who is new gets one."""
    rows = tx.rows(ARRANGEMENTS)
    row = rows.one({"_id": exactly(news["term_id"])})
    if row is None:
        return
    before = places_from(row)
    after = arrange(rooms_from(row), guests_of(tx, row["_id"]), before, row["group_size"])
    if after != before:
        rows.save({**row, "places": places_fields(after)})
