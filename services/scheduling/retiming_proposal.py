"""What a retiming would do as things stand: the nearest places that keep every rule, rooms kept where they can be."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any

from services.scheduling.domain.placement import Blackout, Pin, Placed, Policy, Problem, Solution, Term
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_greedy import solve_greedily
from services.scheduling.domain.retiming import Move, Place, Proposal
from services.scheduling.situation import Situation, placed_of, plan_policy, term_of
from services.scheduling.store import PLANS, TERMS
from shared.errors import Invalid, NotFound
from shared.storage import View

Document = dict[str, Any]
Solve = Callable[[Problem], Solution]


def propose_retiming(view: View, request: Document, solve: Solve = solve_greedily) -> Proposal:
    """Return what would become of the terms. Raises ``Invalid`` for what contradicts itself, ``NotFound``."""
    plan = view.rows(PLANS).get(request["plan_id"])
    situation = Situation(view)
    blackout = _blackout(request["blackout"])
    means = {each["term_id"]: each for each in request["outcomes"]}
    chosen, begun = _chosen(view, situation, request, blackout, means)
    first, last = _window(view, plan, request, blackout)
    moving = [doc for doc in chosen if _outcome(means, doc) == "moved"]
    solution = _places(view, situation, request, blackout, (chosen, moving), means, (first, last), solve)
    found = {each.term_id: each for each in solution.placed}
    moves = []
    for doc in chosen:
        before, outcome = place_of(doc), _outcome(means, doc)
        after: Place | None = None
        if outcome == "online":
            after = before
        elif outcome == "moved":
            if doc["_id"] not in found:
                continue
            placed = found[doc["_id"]]
            after = Place(placed.starts_on, placed.ends_on, placed.reports_on, placed.room_id)
        moves.append(Move(doc["_id"], doc["version"], outcome, before, after))
    homeless = tuple(each for each in solution.unplaced if each.term_id in {doc["_id"] for doc in moving})
    return Proposal(tuple(moves), homeless, tuple(begun))


def place_of(doc: Document) -> Place:
    """Return where a placed term document lies."""
    at = placed_of({**doc, "delivery": "campus"})
    return Place(at.starts_on, at.ends_on, at.reports_on, at.room_id)


def retimed_policy(view: View, plan_id: str) -> Policy:
    """Return the plan's rules as a retiming keeps them.

    The order of a programme's terms and an even load give way: what counts is to lie near the days people know.
    """
    return dataclasses.replace(plan_policy(view, plan_id), in_order=False, weight_balance=0)


def _outcome(means: dict[str, Document], doc: Document) -> Any:
    return means[doc["_id"]]["outcome"] if doc["_id"] in means else "moved"


def _chosen(
    view: View, situation: Situation, request: Document, blackout: Blackout | None, means: dict[str, Document]
) -> tuple[list[Document], list[str]]:
    mine = {doc["_id"]: doc for doc in situation.placed if doc["plan_id"] == request["plan_id"]}
    named = list(dict.fromkeys([*request["term_ids"], *means]))
    for term_id in named:
        if term_id not in mine:
            view.rows(TERMS).get(term_id)
            raise Invalid(
                f"班次期 {term_id} 不属于该计划、尚未排期、已取消或已转为线上，不能统一调整",
                f"the term {term_id} is not placed in this plan (or cancelled, or online); it cannot be retimed",
                term_id=term_id,
            )
    touched = [id for id, doc in mine.items() if blackout and touches(situation, blackout, doc)]
    if not request["term_ids"] and blackout is None:
        raise Invalid(
            "请指定要调整的班次期，或给出停办时段", "name the terms to retime, or give the blackout that is the cause"
        )
    wanted = named if request["term_ids"] else list(dict.fromkeys([*touched, *named]))
    today = view.today.isoformat()
    begun = [id for id in wanted if mine[id]["starts_on"] <= today and id not in means]
    _refuse_moving_begun([mine[id] for id in wanted if id in means and mine[id]["starts_on"] <= today], means)
    chosen = sorted((mine[id] for id in wanted if id not in begun), key=lambda doc: (doc["starts_on"], doc["_id"]))
    if not chosen:
        raise NotFound(
            "没有需要调整的班次期（停办时段没有影响到尚未开班的班次）",
            "there is nothing to retime: the blackout touches no term that has not begun",
            begun=begun,
        )
    return chosen, begun


def _refuse_moving_begun(docs: list[Document], means: dict[str, Document]) -> None:
    for doc in docs:
        if means[doc["_id"]]["outcome"] == "moved":
            raise Invalid(
                f"{term_of(doc).label}已开班，不能改期，只能取消或转为线上",
                f"{term_of(doc).label_en} has begun; it cannot be moved, only cancelled or taken online",
                term_id=doc["_id"],
            )


def touches(situation: Situation, blackout: Blackout, doc: Document) -> bool:
    """Return whether a placed term cannot be held where it lies for a blackout."""
    problem = situation.problem([doc], [], Policy())
    alone = dataclasses.replace(problem, blackouts=(blackout,))
    return any(each.code == "blackout" and doc["_id"] in each.term_ids for each in check(alone, (placed_of(doc),)))


def _window(view: View, plan: Document, request: Document, blackout: Blackout | None) -> tuple[date, date]:
    first = request["not_before"] or (blackout.ends_on + timedelta(days=1) if blackout else None)
    if first is None:
        raise Invalid(
            "请给出最早可以开班的日期 not_before，或停办时段",
            "give not_before, the first day to open on, or a blackout",
        )
    last = request["not_after"] or date(int(plan["year"] or view.today.year), 12, 31)
    first = max(first, view.today + timedelta(days=1))
    if last < first:
        raise Invalid(
            f"调整的范围{first}至{last}是空的，请核对 not_before 和 not_after",
            f"the span from {first} to {last} is empty; check not_before and not_after",
        )
    return first, last


def _places(
    view: View,
    situation: Situation,
    request: Document,
    blackout: Blackout | None,
    terms: tuple[list[Document], list[Document]],
    means: dict[str, Document],
    window: tuple[date, date],
    solve: Solve,
) -> Solution:
    chosen, moving = terms
    leaving = {doc["_id"] for doc in chosen}
    fixed = [doc for doc in situation.on_calendar if doc["_id"] not in leaving and not doc["due"]]
    if blackout is not None:
        fixed = [doc for doc in fixed if not touches(situation, blackout, doc)]
    fixed += [{**doc, "delivery": "online"} for doc in chosen if _outcome(means, doc) == "online"]
    policy = retimed_policy(view, request["plan_id"])
    problem = situation.problem([_open(doc, window) for doc in moving], fixed, policy)
    terms_wished = tuple(_as_wished(term, means.get(term.id), situation) for term in problem.terms)
    blackouts = (*problem.blackouts, *([blackout] if blackout else []))
    problem = dataclasses.replace(problem, terms=terms_wished, blackouts=blackouts)
    rooms = {doc["_id"]: doc["room_id"] for doc in moving}
    wishes = {id: means[id] for id in rooms if id in means}
    wished = {id: wish["room_id"] for id, wish in wishes.items() if wish["room_id"] and not wish["starts_on"]}
    return _in_their_rooms(problem, _wished_rooms_first(problem, solve, rooms.keys(), wished), rooms)


def _open(doc: Document, window: tuple[date, date]) -> Document:
    first, last = window
    target = max(first, date.fromisoformat(doc["starts_on"]))
    return {
        **doc,
        "window_starts_on": first.isoformat(),
        "window_ends_on": last.isoformat(),
        "target": target.isoformat(),
    }


def _as_wished(term: Term, wish: Document | None, situation: Situation) -> Term:
    """Return a term that may lie only where a planner wants it: on that day, in that room on any day, or in both."""
    if wish is None or wish["outcome"] != "moved":
        return term
    if wish["room_id"] is not None and wish["room_id"] not in situation.rooms:
        raise NotFound(
            f"没有编号为“{wish['room_id']}”的教室", f"there is no room {wish['room_id']!r}", room_id=wish["room_id"]
        )
    if wish["starts_on"] is not None:
        return dataclasses.replace(term, pin=Pin(wish["starts_on"], wish["room_id"]))
    others = situation.rooms.keys() - {wish["room_id"]} if wish["room_id"] is not None else ()
    return dataclasses.replace(term, barred_rooms=(*term.barred_rooms, *sorted(others)))


def _wished_rooms_first(problem: Problem, solve: Solve, moving: Collection[str], wished: dict[str, str]) -> Solution:
    """Place the terms whose room is wished, then the others round them, unless that leaves more without a place.

    All at once, a term that could have any room would take the one that another has to wait for.
    """
    solution = solve(problem)
    if not wished:
        return solution
    ahead = tuple(each for each in problem.terms if each.id not in moving or each.pin or each.id in wished)
    days = {each.term_id: each.starts_on for each in solve(dataclasses.replace(problem, terms=ahead)).placed}
    pins = {id: Pin(days[id], room_id) for id, room_id in wished.items() if id in days}
    terms = tuple(dataclasses.replace(each, pin=pins.get(each.id, each.pin)) for each in problem.terms)
    in_turn = solve(dataclasses.replace(problem, terms=terms))
    return in_turn if len(in_turn.placed) >= len(solution.placed) else solution


def _in_their_rooms(problem: Problem, solution: Solution, rooms: dict[str, str]) -> Solution:
    """Let each term keep its room where that breaks nothing: one thing less to tell."""
    table = {each.term_id: each for each in solution.placed}
    for term_id, room_id in sorted(rooms.items()):
        at = table.get(term_id)
        if at is None or at.room_id == room_id:
            continue
        tried: dict[str, Placed] = {**table, term_id: dataclasses.replace(at, room_id=room_id)}
        if not check(problem, tuple(tried.values())):
            table = tried
    return dataclasses.replace(solution, placed=tuple(table.values()))


def _blackout(given: Document | None) -> Blackout | None:
    if given is None:
        return None
    if given["ends_on"] < given["starts_on"]:
        raise Invalid(
            f"停办时段的结束日期{given['ends_on']}早于开始日期{given['starts_on']}，请核对",
            f"the blackout ends on {given['ends_on']}, before it starts on {given['starts_on']}; check the days",
        )
    return Blackout(
        given["blackout_id"],
        given["title"],
        given["starts_on"],
        given["ends_on"],
        tuple(given["districts"]),
        tuple(given["campus_ids"]),
    )
