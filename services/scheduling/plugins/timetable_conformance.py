"""What schedulers of timetables have to hold; the conformance kit runs it."""

from __future__ import annotations

import time
from typing import Any

from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.problem import (
    Course,
    Lecturer,
    Limit,
    Placed,
    Problem,
    Room,
    Rules,
    Term,
)
from services.scheduling.timetable.scheduler import CAPABILITY, Effort, Head, Outcome, Progress
from shared.plugins import Manifest

_PATIENCE = 60.0
_PROPOSALS = 300_000


def check_timetable_scheduler(instance: Any, manifest: Manifest) -> None:
    """Let a scheduler make a small timetable: rules kept, costs true, repeatable, stoppable, able to go on.

    Schedulers of other things (capabilities without ``timetable``) are held by their own checks.
    """
    if CAPABILITY not in manifest.capabilities:
        return
    slug, problem, heard = manifest.slug, small_problem(), list[Progress]()
    effort = Effort(proposals=_PROPOSALS, seed=3)
    outcome = _checked(slug, problem, instance.schedule(problem, effort, heard.append, lambda: False))
    assert outcome.timetable is not None, f"{slug} finds no timetable where there are many"
    assert heard, f"{slug} never tells of its progress"
    for progress in heard:
        assessment = assess(problem, progress.timetable)
        assert assessment.feasible, f"{slug} tells of a timetable that breaks rules"
        assert assessment.cost == progress.cost, f"{slug} tells of a cost of {progress.cost}, it is {assessment.cost}"
    again = instance.schedule(problem, effort, heard.append, lambda: False)
    assert again.timetable == outcome.timetable, f"{slug} answers differently to the same seed and proposals"
    _holds_when_stopped(instance, slug, problem, outcome)
    nothing = instance.schedule(_impossible(), Effort(proposals=_PROPOSALS), heard.append, lambda: False)
    assert nothing.timetable is None, f"{slug} gives a timetable where there is none"
    assert nothing.status in ("infeasible", "unknown"), f"{slug} calls an impossible problem {nothing.status}"


def _holds_when_stopped(instance: Any, slug: str, problem: Problem, before: Outcome) -> None:
    assert before.timetable is not None
    head = Head(before.timetable, 0.5)
    instance.schedule(problem, Effort(proposals=1), _ignore, lambda: True, head)  # what is compiled once is no delay
    began = time.monotonic()
    stopped = _checked(slug, problem, instance.schedule(problem, Effort(seconds=600.0), _ignore, lambda: True, head))
    assert time.monotonic() - began < _PATIENCE, f"{slug} does not stop when it is told to"
    assert stopped.timetable is not None, f"{slug} loses the timetable it was given to go on from"
    assert stopped.cost is not None
    assert before.cost is not None
    assert stopped.cost <= before.cost, f"{slug} ends worse than the timetable it was given to go on from"


def _checked(slug: str, problem: Problem, outcome: Outcome) -> Outcome:
    assert from_wire(Outcome, to_wire(outcome)) == outcome, f"{slug}: its answer is not plain JSON"
    if outcome.timetable is not None:
        assessment = assess(problem, outcome.timetable)
        assert assessment.feasible, f"{slug} breaks rules: {[each.en for each in assessment.violations]}"
        assert assessment.cost == outcome.cost, f"{slug} says {outcome.cost}, the checker {assessment.cost}"
        assert outcome.bound <= assessment.cost, f"{slug} claims a bound above its own cost"
    return outcome


def _ignore(_: Progress) -> None:
    return None


def small_problem() -> Problem:
    """Return a problem that has everything in small: joint and field teaching, kinds, hours, a pin, every weight."""
    return Problem(
        days=("6月1日", "6月2日", "6月3日", "6月4日"),
        terms=(Term("a", "甲班", 40, (7,)), Term("b", "乙班", 30)),
        lecturers=(Lecturer("l1", "讲师一", (0,)), Lecturer("l2", "讲师二"), Lecturer("l3", "讲师三", (4, 5))),
        rooms=(Room("r1", "一教室", 45), Room("r2", "二教室", 40), Room("h", "礼堂", 100, "hall", (2,))),
        courses=(
            Course("a1", "理论", 2, ("a",), ("l1",), 4.0, module=1, min_days=2),
            Course("a2", "专题", 2, ("a",), ("l2",), 4.0, module=2, fresh=True),
            Course("b1", "理论", 2, ("b",), ("l2",), 4.0, module=1),
            Course("b2", "专题", 1, ("b",), ("l3",), 4.0, module=2, fresh=True),
            Course("j", "辅导报告", 1, ("a", "b"), ("l3",), 3.0, room_kinds=("hall",)),
            Course("f", "现场教学", 1, ("b",), ("l1",), 8.0, slots=2, field=True),
        ),
        pins=(Placed("b1", 1, 1),),
        rules=Rules(Limit(4.0, "test")),
        name="small",
    )


def _impossible() -> Problem:
    return Problem(
        days=("6月1日",),
        terms=(Term("a", "甲班", 40),),
        lecturers=(),
        rooms=(Room("r", "教室", 50),),
        courses=(Course("c", "课", 3, ("a",)),),
    )
