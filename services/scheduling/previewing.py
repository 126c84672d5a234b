"""Previewing a placement: the year as it stands with the changes, re-planned in a process of its own, nothing saved."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from services.scheduling.child import Child, started
from services.scheduling.contract.placement_previews import PreviewsBusy
from services.scheduling.domain.placement import Placed, Problem
from services.scheduling.domain.replan import Replan
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.previewed import basis_of, problem_with
from services.scheduling.solving import SolveFailed
from shared.messaging import Call
from shared.runtime import Kit
from shared.storage import View

Document = dict[str, Any]

AT_ONCE = 2
"""Previews that run at the same time in one process of the service; each keeps a core busy."""
GRACE = 25.0
"""Seconds a preview may take beyond its own; whoever waits at the gateway still hears that it was stopped."""
_RETRY_SECONDS = 5
_MODULE = "services.scheduling.plugins.solve_change"
_places = threading.BoundedSemaphore(AT_ONCE)


def preview_placement(kit: Kit, call: Call) -> Document:
    """Return what the changes would set moving."""

    def body(view: View, request: Document) -> Document:
        problem, before = problem_with(view, request)
        return {**_reply(problem, before, _solved(problem, before)), "basis": basis_of(problem, before)}

    return kit.query(call, body)


def _solved(problem: Problem, before: tuple[Placed, ...]) -> Replan:
    with _place(), started(_MODULE, {"problem": to_wire(problem), "before": to_wire(before)}) as child:
        return _answer(child, problem.seconds)


@contextmanager
def _place() -> Iterator[None]:
    """Take one of the places for previews. Raises ``PreviewsBusy``: who had to wait would ask again meanwhile."""
    if not _places.acquire(blocking=False):
        raise PreviewsBusy(
            f"已有{AT_ONCE}项推演正在进行，本次未执行，请在{_RETRY_SECONDS}秒后重试",
            f"{AT_ONCE} previews are running and nothing was done about this one; ask again in {_RETRY_SECONDS} s",
            retry_after=_RETRY_SECONDS,
        )
    try:
        yield
    finally:
        _places.release()


def _answer(child: Child, seconds: float) -> Replan:
    last_moment = time.monotonic() + seconds + GRACE
    for message in child.messages():
        if message is not None:
            return from_wire(Replan, message["replan"])
        if time.monotonic() > last_moment:
            raise SolveFailed(
                f"推演超过{seconds:g}秒仍无结果，已中止；请放宽时限，或减少改动后重试",
                f"the preview gave no answer well after {seconds:g} s and was stopped; allow more time, or try fewer "
                "changes",
            )
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
