"""A plan's year as it stands, with changes to try; and a mark by which it is known again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from services.scheduling.commands.announcing import terms_of
from services.scheduling.domain.change import Change, ChangeRefused, changed, leaving, wishes
from services.scheduling.domain.placement import Placed, Problem, Term
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.placeable import refuse_unplaceable
from services.scheduling.situation import (
    Situation,
    is_online,
    not_before,
    placed_of,
    plan_policy,
    room_id_of,
    with_rooms_online,
)
from services.scheduling.staffing import with_lessons_of
from services.scheduling.store import PLANS, SENDING_UNITS
from shared.errors import Invalid
from shared.storage import View

Document = dict[str, Any]


def basis_of(problem: Problem, before: tuple[Placed, ...]) -> str:
    """Return a mark of a year with its changes and of where its terms lie: the same as long as these are."""
    year = to_wire(dataclasses.replace(problem, seconds=0.0, seed=0))
    parts = {**year, "before": to_wire(before)}
    # What the store returns in no settled order must not count as a change.
    known = {name: sorted(map(_text, part)) if isinstance(part, list) else part for name, part in parts.items()}
    return hashlib.sha256(_text(known).encode()).hexdigest()


def _text(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False, sort_keys=True, default=str)


def problem_with(view: View, request: Document) -> tuple[Problem, tuple[Placed, ...]]:
    """Return the plan's year with the changes, and where its terms lie now. Raises ``Invalid`` and others."""
    plan = view.rows(PLANS).get(request["plan_id"])
    refuse_unplaceable(view, plan)
    policy = plan_policy(view, plan["_id"])
    settled = (view.today + timedelta(days=policy.lead_days)).isoformat()
    changes = [from_wire(Change, to_wire(each)) for each in request["changes"]]
    named = {each.term_id for each in changes if each.term_id}
    mine = [doc for doc in terms_of(view, plan["_id"]) if doc["state"] != "cancelled"]
    # What has begun, or whose letters are out, stays; so does what a planner pinned, unless a change names it.
    free = {
        doc["_id"]: doc
        for doc in mine
        if not doc["starts_on"]
        or (doc["starts_on"] > settled and (not doc["pinned"] or doc["due"] or doc["_id"] in named))
    }
    lie = [placed_of(doc) for doc in free.values() if doc["starts_on"]]
    back = _coming_back(free, changes)
    free |= {doc["_id"]: {**doc, "delivery": "campus"} for doc in back}
    situation = Situation(view)
    # A term of another plan that lost its place keeps nobody from it; what a running retiming holds does.
    fixed = [
        doc
        for doc in situation.on_calendar
        if doc["_id"] not in free and (doc["plan_id"] == plan["_id"] or not doc["due"])
    ]
    asked = [each["starts_on"] for each in request["changes"] if each["kind"] in ("pin", "move") and each["starts_on"]]
    problem = situation.problem(free.values(), fixed, policy, request["seconds"], around=asked)
    problem = with_rooms_online(problem, back)  # where they lie so far
    before = (*lie, *(placed_of(doc) for doc in (*fixed, *situation.reserved)))
    tomorrow = view.today + timedelta(days=1)
    terms = tuple(
        not_before(_window_with_its_place(term, free[term.id]), tomorrow) if term.id in free else term
        for term in problem.terms
    )
    units = [doc["_id"] for doc in view.rows(SENDING_UNITS).find(fields=("_id",))] if _names_districts(changes) else []
    try:
        year = changed(dataclasses.replace(problem, terms=terms), before, changes, units)
    except ChangeRefused as refused:
        raise Invalid(refused.zh, refused.en, fields={"changes": [refused.en]}) from None
    # What lost its place promises no lessons any more, unless it is set down where it lies.
    stays = {term.id for term in year.terms if term.pin is not None or (term.id in free and not free[term.id]["due"])}
    stays -= leaving(year, before)
    promised = [doc for id, doc in free.items() if doc["starts_on"] and id in stays]
    return with_lessons_of(view, promised, situation.calendar, year), before


def _names_districts(changes: Iterable[Change]) -> bool:
    return any(change.districts for change in changes)


def _coming_back(free: Document, changes: Iterable[Change]) -> list[Document]:
    """Return the online terms that the changes put into a room: they are held on its campus then."""
    rooms = {id: wish.room_id for id, wish in wishes(changes).items()}
    online = [free[id] for id in rooms if id in free and is_online(free[id])]
    return [doc for doc in online if rooms[doc["_id"]] not in (None, room_id_of(doc))]


def _window_with_its_place(term: Term, doc: Document) -> Term:
    """Return a term that may stay where it was put, inside its window or not."""
    if not doc["starts_on"]:
        return term
    return dataclasses.replace(
        term,
        earliest_start=min(term.earliest_start, date.fromisoformat(doc["starts_on"])),
        latest_end=max(term.latest_end, date.fromisoformat(doc["ends_on"])),
    )
