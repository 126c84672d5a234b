"""The places of a retiming: whether they are still as they were seen, holding them, and putting terms there."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from services.scheduling.commands.announcing import (
    hold_campuses,
    hold_concerned,
    put_on_calendar,
    save_cancelled,
    save_placed,
)
from services.scheduling.contract.retimings import RetimingOvertaken
from services.scheduling.domain.placement import Blackout
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.retiming import Move, Place
from services.scheduling.domain.wire import to_wire
from services.scheduling.retiming_proposal import place_of, retimed_policy, touches
from services.scheduling.situation import Situation, placed_of, term_of
from services.scheduling.store import BLACKOUTS, RESERVATIONS, TERMS
from shared.storage import Transaction, exactly

Document = dict[str, Any]
_WINDOW = ("window_starts_on", "window_ends_on")


def as_seen(tx: Transaction, move: Move) -> Document:
    """Return a term that still lies where it was seen. Raises ``RetimingOvertaken``."""
    term = tx.rows(TERMS).get(move.term_id)
    if term["state"] != "placed" or place_of(term) != move.before:
        raise overtaken(term)
    return term


def lies_where_put(term: Document, move: Move) -> bool:
    """Return whether a term lies where the retiming put it."""
    if move.after is None:
        return bool(term["state"] == "cancelled")
    delivery = "online" if move.outcome == "online" else "campus"
    return bool(
        term["state"] == "placed" and place_of(term) == move.after and term.get("delivery", "campus") == delivery
    )


def overtaken(term: Document) -> RetimingOvertaken:
    """Return the refusal of a retiming that another change overtook."""
    return RetimingOvertaken(
        f"{term_of(term).label}在调整期间又被改动，本次调整已全部撤回，请重新预览",
        f"{term_of(term).label_en} was changed meanwhile; the retiming is taken back, look at a new preview",
        term_id=term["_id"],
    )


def refuse_taken(tx: Transaction, doc: Document, moves: list[Move], terms: dict[str, Document]) -> None:
    """Raise ``RetimingOvertaken`` when a new place is not free any more.

    What the blackout strikes of other plans keeps nobody away: it has lost its place, and is due once this is done.
    """
    situation = Situation(tx, doc["_id"])
    cause = _cause(doc)
    others = [
        each
        for each in situation.on_calendar
        if each["_id"] not in terms and not each["due"] and not (cause and touches(situation, cause, each))
    ]
    moving = [move for move in moves if move.outcome == "moved" and move.after is not None]
    opened = [_widened(terms[move.term_id], move.after) for move in moving if move.after]
    others += [{**terms[move.term_id], "delivery": "online"} for move in moves if move.outcome == "online"]
    policy = dataclasses.replace(retimed_policy(tx, doc["plan_id"]), lead_days=0)
    problem = situation.problem(opened, others, policy)
    table = [move.after.of(move.term_id) for move in moving if move.after]
    hold_campuses(tx, situation, (each.room_id for each in table))
    hold_concerned(tx, terms.values())
    mine = {move.term_id for move in moving}
    stays = tuple(placed_of(each) for each in (*others, *situation.reserved))
    found = [each for each in check(problem, (*table, *stays)) if mine & set(each.term_ids)]
    if found:
        raise RetimingOvertaken(
            f"新的时间或教室已不可用：{found[0].zh}。请重新预览",
            f"a new place is not free any more: {found[0].en}; look at a new preview",
            violations=[{"code": each.code, "words": {"zh": each.zh, "en": each.en}} for each in found],
        )


def carry_out(tx: Transaction, situation: Situation, doc: Document, move: Move, term: Document) -> None:
    """Do to a term what the retiming means, and tell others."""
    if move.after is None:
        save_cancelled(tx, term, doc["reason"], doc["_id"])
        return
    term |= _widened(term, move.after)
    term |= {"pinned": True, "delivery": "online" if move.outcome == "online" else "campus"}
    put_on_calendar(situation, term, move.after.of(move.term_id))
    save_placed(tx, term, doc["_id"])


def could_be_taken(tx: Transaction, situation: Situation, term: Document, place: Place) -> bool:
    """Return whether a place still is one that somebody could take: a blacked-out one needs no holding.

    Whether the term's own lecturers could come says nothing of that.
    """
    window = {"window_starts_on": place.starts_on.isoformat(), "window_ends_on": place.ends_on.isoformat()}
    ghost = {**term, **to_wire(place), **window, "lecturers": [], "delivery": "campus"}
    problem = situation.problem([ghost], [], retimed_policy(tx, term["plan_id"]))
    return not any(ghost["_id"] in each.term_ids for each in check(problem, (placed_of(ghost),)))


def hold_place(tx: Transaction, retiming_id: str, term_id: str, place: Place | None) -> None:
    """Keep a place from everybody else until it is let go."""
    assert place is not None
    tx.rows(RESERVATIONS).insert(
        {"_id": f"{retiming_id}.{term_id}", "term_id": term_id, "retiming_id": retiming_id, **to_wire(place)}
    )


def let_go(tx: Transaction, retiming_id: str) -> None:
    """Let go of every place a retiming holds."""
    for each in tx.rows(RESERVATIONS).find({"retiming_id": exactly(retiming_id)}):
        tx.rows(RESERVATIONS).remove(each)


def set_blackout(tx: Transaction, given: Document | None) -> bool:
    """Set the blackout that is the cause; return whether it was not there yet."""
    if given is None or tx.rows(BLACKOUTS).one({"_id": exactly(given["blackout_id"])}) is not None:
        return False
    fields = {name: given[name] for name in ("title", "starts_on", "ends_on", "districts", "campus_ids")}
    tx.rows(BLACKOUTS).insert({"_id": given["blackout_id"], **fields})
    return True


def mark(tx: Transaction, term: Document, standing: str, doc: Document | None) -> None:
    """Write down what became of a term since it was told, and why."""
    term |= {
        "standing": standing,
        "standing_reason": doc["reason"] if doc else None,
        "retiming_id": doc["_id"] if doc else None,
    }
    tx.rows(TERMS).save(term)


def _cause(doc: Document) -> Blackout | None:
    given = doc["blackout"]
    if given is None:
        return None
    first, last = (date.fromisoformat(given[name]) for name in ("starts_on", "ends_on"))
    return Blackout(
        given["blackout_id"], given["title"], first, last, tuple(given["districts"]), tuple(given["campus_ids"])
    )


def window_of(term: Document) -> Document:
    """Return the fields of a term that a retiming widens, to be given back by ``narrowed``."""
    return {name: term[name] for name in (*_WINDOW, "retimed_window") if name in term}


def narrowed(term: Document, was: Document, place: Place) -> Document:
    """Return a term that a retiming had put on a place, with the window it had, unless the plan gave another since."""
    widened = _widened({**term, **was}, place)
    kept = {name: value for name, value in term.items() if name != "retimed_window"}
    if any(term[name] != widened[name] for name in _WINDOW):
        was = {name: value for name, value in was.items() if name == "retimed_window"}
    return {**kept, **was}


def _widened(term: Document, place: Place) -> Document:
    """Return a term whose window holds its new place; amendments of the plan keep it so.

    A term that the release before retimed has its whole window of then as ``retimed_window``, and keeps that.
    """
    first, last = (getattr(place, name).isoformat() for name in ("starts_on", "ends_on"))
    window = {
        "window_starts_on": min(first, term["window_starts_on"]),
        "window_ends_on": max(last, term["window_ends_on"]),
    }
    return {**term, **window, "retimed_window": [first, last]}
