"""Asking for a timetable, writing down how far its solve is, and concluding it.

For drafts of one's own: ``request_solve`` within a transaction, ``solved_timetable`` once the event
``timetable-solve.concluded`` names its ``subject_id``.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.scheduling.contract.timetable_solves import (
    TIMETABLE_SOLVE_CONCLUDED,
    TIMETABLE_SOLVE_REQUESTED,
    ProblemUnsound,
)
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.store import TIMETABLE_DESK, TIMETABLE_PROBLEMS, TIMETABLE_SOLVES
from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.objections import objections
from services.scheduling.timetable.problem import Problem, Timetable
from services.scheduling.timetable.reasons import reasons
from services.scheduling.timetable.scheduler import Outcome, Progress
from shared.errors import Fault
from shared.identifiers import new_id
from shared.storage import Transaction, View, exactly
from shared.wording import Words

Document = dict[str, Any]

AT_ONCE = 1
"""Solves that run at the same time; each keeps two cores busy, the others wait in line."""
_GIVEN_UP_AFTER = timedelta(minutes=30)
_DESK = "desk"
_UNDER_WAY = ("waiting", "running")


def solve_timetable(tx: Transaction, request: dict[str, Any]) -> Document:
    """Write down that a timetable is wanted; the solver hears of it by event."""
    problem = from_wire(Problem, request["problem"])
    doc = request_solve(
        tx,
        problem,
        scheduler=request["scheduler"],
        seconds=request["seconds"],
        proposals=request["proposals"],
        seed=request["seed"],
    )
    return solve_reply(doc)


def request_solve(
    tx: Transaction,
    problem: Problem,
    *,
    scheduler: str = "timetable_portfolio",
    seconds: float = 30.0,
    proposals: int | None = None,
    seed: int = 1,
    subject_id: str | None = None,
) -> Document:
    """Put a solve in line within the transaction and return its document. Raises ``ProblemUnsound``.

    ``subject_id`` is whatever the timetable is for; ``timetable-solve.concluded`` will name it.
    """
    _refuse_unsound(problem)
    solve_id = new_id("solve")
    tx.rows(TIMETABLE_PROBLEMS).insert({"_id": solve_id, "problem": to_wire(problem)})
    doc = tx.rows(TIMETABLE_SOLVES).insert(
        {
            "_id": solve_id,
            "name": problem.name,
            "subject_id": subject_id,
            "scheduler": scheduler,
            "state": "waiting",
            "status": None,
            "seconds": seconds,
            "proposals": proposals,
            "seed": seed,
            "lectures": sum(course.lectures for course in problem.courses),
            "cost": None,
            "bound": 0,
            "costs": {},
            "timetable": [],
            "spent": 0.0,
            "seconds_taken": 0.0,
            "first_feasible": None,
            "tried": 0,
            "leg": 0,
            "begun": None,
            "resumed": 0,
            "stop_asked": False,
            "reasons": [],
            "failure": None,
            "asked_at": tx.now,
            "heard_at": tx.now,
        }
    )
    _call_next(tx)
    return tx.rows(TIMETABLE_SOLVES).get(str(doc["_id"]))


def solve_problem(view: View, solve_id: str) -> Problem:
    """Return the problem of a solve."""
    return from_wire(Problem, view.rows(TIMETABLE_PROBLEMS).get(solve_id)["problem"])


def solved_timetable(view: View, solve_id: str) -> Timetable | None:
    """Return the best timetable of a solve so far, ``None`` while there is none."""
    lectures = view.rows(TIMETABLE_SOLVES).get(solve_id)["timetable"]
    return from_wire(Timetable, {"lectures": lectures}) if lectures else None


def stop_timetable_solve(tx: Transaction, request: dict[str, Any]) -> Document:
    """Stop a solve: one in line at once, a running one within a few seconds."""
    return solve_reply(_stopped(tx, request["solve_id"]))


def stop_unwanted(tx: Transaction, solve_id: str) -> None:
    """Stop a solve whose timetable nobody waits for any more; its document will say so."""
    _stopped(tx, solve_id, unwanted=True)


def is_under_way(view: View, solve_id: str) -> bool:
    """Return whether a solve is in line or running."""
    return view.rows(TIMETABLE_SOLVES).get(solve_id)["state"] in _UNDER_WAY


def _stopped(tx: Transaction, solve_id: str, unwanted: bool = False) -> Document:
    doc = tx.rows(TIMETABLE_SOLVES).get(solve_id)
    if doc["state"] in _UNDER_WAY and not doc["stop_asked"]:
        doc.update(stop_asked=True, unwanted=unwanted)
        tx.rows(TIMETABLE_SOLVES).save(doc)
    return conclude(tx, solve_id, "stopped", None) if doc["state"] == "waiting" else doc


def note_progress(tx: Transaction, solve_id: str, progress: Progress, seconds_taken: float) -> None:
    """Write down the best timetable so far, unless the solve has ended meanwhile."""
    doc = tx.rows(TIMETABLE_SOLVES).get(solve_id)
    if doc["state"] != "running":
        return
    bound = max(doc["bound"], progress.bound)  # what an earlier leg proved still holds: the problem is the same
    doc.update(spent=progress.spent, seconds_taken=seconds_taken, bound=bound, heard_at=tx.now)
    if doc["cost"] is None or progress.cost < doc["cost"]:
        _keep(tx, doc, progress.timetable)
        doc["first_feasible"] = doc["first_feasible"] or seconds_taken
    tx.rows(TIMETABLE_SOLVES).save(doc)


def go_on_later(tx: Transaction, solve_id: str, spent: float, seconds_taken: float, bound: int) -> None:
    """Let a solve that takes more than one turn of its handler go on from its best in the next.

    ``bound`` is what this leg proved, also where it found nothing better that it could have told with it.
    """
    doc = tx.rows(TIMETABLE_SOLVES).get(solve_id)
    if doc["state"] == "running":
        doc.update(leg=doc["leg"] + 1, spent=spent, seconds_taken=seconds_taken, heard_at=tx.now)
        doc["bound"] = max(doc["bound"], bound)
        tx.rows(TIMETABLE_SOLVES).save(doc)
        _request(tx, doc)


def note_begun(tx: Transaction, solve_id: str) -> None:
    """Write down that a leg begins; one that has begun before was cut off, and the solve is resumed."""
    doc = tx.rows(TIMETABLE_SOLVES).get(solve_id)
    if doc["state"] == "running":
        doc["resumed"] += doc["begun"] == doc["leg"]
        doc.update(begun=doc["leg"], heard_at=tx.now)
        tx.rows(TIMETABLE_SOLVES).save(doc)


def conclude(
    tx: Transaction,
    solve_id: str,
    state: str,
    outcome: Outcome | None,
    seconds_taken: float | None = None,
    failure: Words | None = None,
) -> Document:
    """Bring a solve to its end with what came of it, and call the next in line."""
    doc = tx.rows(TIMETABLE_SOLVES).get(solve_id)
    if doc["state"] not in _UNDER_WAY:
        return doc
    if failure is None and state == "stopped" and doc.get("unwanted"):
        failure = _UNWANTED
    doc.update(state=state, heard_at=tx.now, failure=failure.to_wire() if failure else None)
    if seconds_taken is not None:
        doc["seconds_taken"] = seconds_taken
    if outcome is not None:
        doc.update(status=outcome.status, tried=outcome.proposals, bound=max(doc["bound"], outcome.bound))
        if state == "done":
            doc["spent"] = 1.0
        if outcome.timetable is not None and (doc["cost"] is None or (outcome.cost or 0) <= doc["cost"]):
            _keep(tx, doc, outcome.timetable)
        if doc["timetable"]:
            proven = outcome.status == "optimal" or doc["bound"] >= doc["cost"]
            doc["status"] = "optimal" if proven else "feasible"
            doc["first_feasible"] = doc["first_feasible"] or outcome.first_feasible
        else:
            found = reasons(solve_problem(tx, solve_id), outcome.status)
            doc["reasons"] = [finding_reply(each) for each in map(to_wire, found)]
    tx.rows(TIMETABLE_SOLVES).save(doc)
    _tell_concluded(tx, doc)
    _call_next(tx)
    return doc


def fail_with(tx: Transaction, solve_id: str, fault: Fault) -> Document:
    """Write down that a solve came to nothing because of a fault; its best timetable stays."""
    return conclude(tx, solve_id, "failed", None, failure=fault.message)


def solve_reply(doc: Document) -> Document:
    """Return a solve's document as the reply of an operation."""
    return {**doc, "solve_id": doc["_id"]}


def finding_reply(finding: Document) -> Document:
    """Return a finding in its plain form as the reply of an operation."""
    return {
        "rule": finding["rule"],
        "cost": finding["cost"],
        "words": {"zh": finding["zh"], "en": finding["en"]},
        "details": finding["details"],
    }


def _keep(tx: Transaction, doc: Document, timetable: Timetable) -> None:
    assessment = assess(solve_problem(tx, doc["_id"]), timetable)
    if not assessment.feasible:
        first = assessment.violations[0]
        raise BrokenTimetable(
            f"排课方案给出的课表违反了硬性要求：{first.zh}",
            f"the scheduler gave a timetable that breaks a hard rule: {first.en}",
        )
    doc.update(cost=assessment.cost, costs=assessment.costs, timetable=to_wire(timetable)["lectures"])


class BrokenTimetable(Fault):
    """A scheduler gave a timetable that the independent checker does not accept."""

    code = "scheduling.broken-timetable"
    status = 500
    title = Words("排课结果未通过核对", "The timetable did not pass the check")


def _call_next(tx: Transaction) -> None:
    """Start solves that wait, as many as may run at once; the desk is held, so that two calls see each other."""
    if tx.rows(TIMETABLE_DESK).one({"_id": exactly(_DESK)}) is None:
        tx.rows(TIMETABLE_DESK).insert({"_id": _DESK})
    else:
        tx.rows(TIMETABLE_DESK).hold(_DESK)
    running = 0
    for doc in tx.rows(TIMETABLE_SOLVES).find({"state": "running"}):
        if doc["heard_at"] + _GIVEN_UP_AFTER > tx.now:
            running += 1
            continue
        doc.update(state="failed", failure=_LOST.to_wire())
        tx.rows(TIMETABLE_SOLVES).save(doc)
        _tell_concluded(tx, doc)
    free = max(0, AT_ONCE - running)
    for doc in tx.rows(TIMETABLE_SOLVES).find({"state": "waiting"}, sort=(("_id", 1),), limit=free) if free else ():
        doc.update(state="running", heard_at=tx.now)
        tx.rows(TIMETABLE_SOLVES).save(doc)
        _request(tx, doc)


_LOST = Words(
    "求解进程长时间没有消息，已放弃；目前最好的课表仍保留",
    "the solve was silent for long and was given up; its best timetable is kept",
)

_UNWANTED = Words(
    "等待本次排课的日程表草稿都已重新排课、改动、放弃或下达，已不再需要，所以停止",
    "stopped because it is not needed any more: every draft that waited for it was arranged anew, changed, dropped or "
    "issued",
)


def _tell_concluded(tx: Transaction, doc: Document) -> None:
    tx.emit(
        TIMETABLE_SOLVE_CONCLUDED,
        {
            "solve_id": doc["_id"],
            "state": doc["state"],
            "status": doc["status"],
            "cost": doc["cost"],
            "subject_id": doc["subject_id"],
        },
        subject=doc["_id"],
    )


def _request(tx: Transaction, doc: Document) -> None:
    tx.emit(TIMETABLE_SOLVE_REQUESTED, {"solve_id": doc["_id"], "leg": doc["leg"]}, subject=doc["_id"])


def _refuse_unsound(problem: Problem) -> None:
    found = objections(problem)
    if found:
        first = found[0]
        more = len(found) - 1
        raise ProblemUnsound(
            f"排课题目有误：{first.path} {first.zh}" + (f"，另有{more}处，见 details" if more else ""),
            f"the problem is wrong: {first.path} {first.en}" + (f", and {more} more places" if more else ""),
            objections=[to_wire(each) for each in found[:200]],
        )
