"""Previewing a placement: the year as it stands with the changes, re-planned in a process of its own, nothing saved."""

from __future__ import annotations

from typing import Any

from services.scheduling.child import started
from services.scheduling.domain.placement import Placed, Problem
from services.scheduling.domain.replan import Replan
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.previewed import basis_of, problem_with
from services.scheduling.solving import SolveFailed
from shared.messaging import Call
from shared.runtime import Kit
from shared.storage import View

Document = dict[str, Any]

_MODULE = "services.scheduling.plugins.solve_change"


def preview_placement(kit: Kit, call: Call) -> Document:
    """Return what the changes would set moving."""

    def body(view: View, request: Document) -> Document:
        problem, before = problem_with(view, request)
        return {**_reply(problem, before, _solved(problem, before)), "basis": basis_of(problem, before)}

    return kit.query(call, body)


def _solved(problem: Problem, before: tuple[Placed, ...]) -> Replan:
    with started(_MODULE, {"problem": to_wire(problem), "before": to_wire(before)}) as child:
        for message in child.messages():
            if message is not None:
                return from_wire(Replan, message["replan"])
        raise SolveFailed(
            f"推演进程意外结束（代码{child.status}）：{child.last_words}",
            f"the process that tries the change ended unexpectedly (code {child.status}): {child.last_words}",
        )


def _reply(problem: Problem, before: tuple[Placed, ...], answer: Replan) -> Document:
    terms = {term.id: term for term in problem.terms}
    wire: Document = to_wire(answer)
    return {
        **wire,
        "words": _words(wire),
        "moves": [
            {"term_id": each.term_id, "starts_on": each.starts_on.isoformat(), "room_id": each.room_id}
            for each in answer.placed
            if each not in before
        ],
        "affected": [{**each, "words": _words(each)} for each in wire["affected"]],
        "unplaced": [
            {
                "term_id": each["term_id"],
                "label": {"zh": terms[each["term_id"]].label, "en": terms[each["term_id"]].label_en},
                "reasons": [{**reason, "words": _words(reason)} for reason in each["reasons"]],
            }
            for each in wire["unplaced"]
        ],
        "conflicts": [
            {
                **conflict,
                "words": _words(conflict),
                "ways_out": [{**each, "words": _words(each)} for each in conflict["ways_out"]],
                "demands": [
                    {
                        **demand,
                        "words": _words(demand),
                        "loosenings": [{**each, "words": _words(each)} for each in demand["loosenings"]],
                    }
                    for demand in conflict["demands"]
                ],
            }
            for conflict in wire["conflicts"]
        ],
    }


def _words(wire: Document) -> Document:
    return {"zh": wire["zh"], "en": wire["en"]}
