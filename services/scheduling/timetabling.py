"""The long way of a timetable: ask, solve in a process of its own, write down the best so far, conclude.

One handling of the event is one leg. A leg that ends before the solve does (the handler's time is limited, P23), or
is cut off by a restart of the service, is followed by another that goes on from the best timetable written down.
"""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass
from typing import Any

from services.scheduling.child import Child, started
from services.scheduling.commands.timetable_solves import (
    conclude,
    fail_with,
    go_on_later,
    note_begun,
    note_progress,
    solve_problem,
    solve_timetable,
    solved_timetable,
)
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.placing import require_scheduler
from services.scheduling.solving import SolveFailed
from services.scheduling.store import TIMETABLE_SOLVES
from services.scheduling.timetable.problem import Problem
from services.scheduling.timetable.scheduler import CAPABILITY, Effort, Head, Outcome, Progress
from services.scheduling.timetable_size import refuse_too_large
from shared.errors import Fault
from shared.identifiers import new_id
from shared.messaging import Call, Delivery
from shared.runtime import Kit, Work
from shared.storage import Transaction

_MODULE = "services.scheduling.plugins.solve_timetable"
_TELL_EVERY = 2.0
_LOOK_EVERY = 0.5
GRACE = 45.0
"""Seconds of a handler's time kept for starting the process, its last word and the conclusion."""
_PATIENCE = 10.0
"""Seconds that a child has to come to its end after it was asked to; a scheduler ends within one or two."""
_NEARLY = 0.999
"""Most of the effort that a leg finds spent: it always has something to do."""


def ask_for_timetable(kit: Kit, call: Call) -> dict[str, Any]:
    """Write a solve down. Raises ``SchedulerUnknown``, ``ProblemUnsound``, ``ProblemTooLarge``."""
    require_scheduler(kit.plugins, call.request["scheduler"], CAPABILITY)

    def asked(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
        refuse_too_large(from_wire(Problem, request["problem"]), tx.today)
        return solve_timetable(tx, request)

    return kit.command(call, asked)


def run_solve(kit: Kit, delivery: Delivery) -> None:
    """Run one leg of a solve."""
    work = kit.work(delivery)
    doc = work.view().rows(TIMETABLE_SOLVES).get(work.request["solve_id"])
    if doc["state"] != "running" or doc["leg"] != work.request["leg"]:
        return
    try:
        ended = _Leg(work, doc).run()
        work.transact(lambda tx: _nothing(ended.write(tx, doc["_id"])))
    except Fault as fault:
        if fault.transient:
            raise
        refusal = fault
        work.transact(lambda tx: _nothing(fail_with(tx, doc["_id"], refusal)))


@dataclass(frozen=True, slots=True)
class _Ended:
    outcome: Outcome | None
    state: str
    spent: float
    seconds: float

    def write(self, tx: Transaction, solve_id: str) -> Any:
        if self.state == "running":
            return go_on_later(tx, solve_id, self.spent, self.seconds, self.outcome.bound if self.outcome else 0)
        return conclude(tx, solve_id, self.state, self.outcome, self.seconds)


class _Leg:
    """One leg: watches the child, writes down what it tells, and passes a wish to stop on to it."""

    def __init__(self, work: Work, doc: dict[str, Any]) -> None:
        self._work, self._doc, self._id = work, doc, doc["_id"]
        self._began = time.monotonic()
        self._told = self._looked = self._began
        self._latest: Progress | None = None
        self._told_last: Progress | None = None
        self._budget = Effort(None if doc["proposals"] else doc["seconds"], doc["proposals"], doc["seed"])
        self._before: float = min(_NEARLY, max(doc["spent"], self._by_clock()))
        self._spent = self._before
        self._best = solved_timetable(work.view(), self._id)
        self._asked_to_stop: float | None = None
        self._ended, self._state = False, "done"
        self._most = max(1.0, work.settings.handler_seconds - GRACE)

    def run(self) -> _Ended:
        """Return how the leg ended. Raises ``SolveFailed`` when the child breaks."""
        outcome: Outcome | None = None
        with started(_MODULE, self._order()) as child:
            for message in child.messages():
                if message is not None and "failure" in message:
                    raise SolveFailed(message["failure"]["zh"], message["failure"]["en"])
                if message is not None and "outcome" in message:
                    outcome = from_wire(Outcome, message["outcome"])
                elif message is not None:
                    self._latest = self._told_last = from_wire(Progress, message["progress"])
                    self._spent = max(self._spent, self._of_all(self._latest.spent))
                self._attend(child)
            if outcome is None and self._ended:
                outcome = self._so_far()
            if outcome is None:
                raise SolveFailed(
                    f"排课进程意外结束（代码{child.status}）：{child.last_words}",
                    f"the solving process ended unexpectedly (code {child.status}): {child.last_words}",
                )
        if self._state == "running":
            self._tell()
            self._spent = max(self._spent, self._by_clock(), self._by_work(outcome))
            # Who counts nothing over a whole leg would do the same in the next, and in the one after.
            over = self._spent >= 1.0 or self._spent == self._before
            if over or outcome.status in ("optimal", "infeasible"):
                self._state = "done"
        return _Ended(outcome, self._state, self._spent, self._seconds())

    def _order(self) -> dict[str, Any]:
        view, settings = self._work.view(), self._work.settings
        head = Head(self._best, self._before, self._doc["bound"]) if self._best is not None else None
        problem = solve_problem(view, self._id)
        refuse_too_large(problem, view.today)  # also of those who asked within the service
        self._write("begun", lambda tx: note_begun(tx, self._id))
        return {
            "scheduler": self._doc["scheduler"],
            "settings_path": str(settings.plugin_settings_path) if settings.plugin_settings_path else None,
            "disabled": list(settings.disabled_plugins),
            "cache": str(settings.var / "cache" / "numba"),
            "problem": to_wire(problem),
            "effort": to_wire(self._budget if head else self._left()),
            "head": to_wire(head) if head else None,
        }

    def _attend(self, child: Child) -> None:
        now = time.monotonic()
        if self._asked_to_stop is not None:
            if now - self._asked_to_stop > _PATIENCE and not self._ended:
                self._ended = True
                child.end()
            return
        if self._latest is not None and now - self._told >= _TELL_EVERY:
            self._told = now
            self._tell()
        if now - self._looked >= _LOOK_EVERY:
            self._looked = now
            doc = self._work.view().rows(TIMETABLE_SOLVES).get(self._id)
            if doc["stop_asked"] or doc["state"] != "running":
                self._ask_to_stop(child, now, "stopped")
            elif now - self._began > self._most:
                self._ask_to_stop(child, now, "running")

    def _ask_to_stop(self, child: Child, now: float, state: str) -> None:
        self._asked_to_stop, self._state = now, state
        child.ask_to_stop()

    def _so_far(self) -> Outcome:
        """Return how the solve stands when its child had to be ended: with the best that it told of, now or before."""
        told, seconds = self._told_last, self._seconds()
        if told is not None:
            return Outcome("feasible", told.timetable, told.cost, min(told.bound, told.cost), seconds)
        if self._best is not None:
            return Outcome("feasible", self._best, self._doc["cost"], self._doc["bound"], seconds)
        return Outcome("unknown", None, None, 0, seconds)

    def _tell(self) -> None:
        if self._latest is not None:
            latest = dataclasses.replace(self._latest, spent=max(self._spent, min(_NEARLY, self._by_clock())))
            self._latest = None
            self._write("progress", lambda tx: note_progress(tx, self._id, latest, self._seconds()))

    def _write(self, what: str, body: Any) -> None:
        # Each writing is one of its own: a leg that comes again writes anew.
        self._work.step(f"{what} {new_id('step')}", lambda tx: _nothing(body(tx)))

    def _left(self) -> Effort:
        """Return what is left of the effort where there is no timetable to go on from."""
        share, whole = 1.0 - self._before, self._budget
        if whole.seconds is not None:
            return dataclasses.replace(whole, seconds=whole.seconds * share)
        assert whole.proposals is not None
        return dataclasses.replace(whole, proposals=max(1, int(whole.proposals * share)))

    def _of_all(self, spent: float) -> float:
        """Return a share of the leg's effort as one of all; one that goes on from a timetable says so already."""
        return spent if self._best is not None else self._before + (1.0 - self._before) * spent

    def _by_clock(self) -> float:
        """Return the share spent as the clock has it: a scheduler may tell of better timetables only."""
        return self._seconds() / self._budget.seconds if self._budget.seconds is not None else 0.0

    def _by_work(self, outcome: Outcome) -> float:
        """Return the share spent as the scheduler counts its proposals."""
        if self._budget.proposals is None:
            return self._before
        return self._before + outcome.proposals / (self._budget.proposals * self._budget.workers)

    def _seconds(self) -> float:
        return round(float(self._doc["seconds_taken"]) + time.monotonic() - self._began, 2)


def _nothing(_: object) -> dict[str, Any]:
    return {}
