"""Problems and timetables as files: the field's ``.ctt`` with its solutions, or our own JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.timetable.checker import check
from services.scheduling.timetable.conversion import as_lectures, as_problem, as_timetable
from services.scheduling.timetable.ctt import UnreadableFile, read_instance, read_timetable, write_timetable
from services.scheduling.timetable.instance import Instance
from services.scheduling.timetable.objections import objections
from services.scheduling.timetable.problem import Problem, Timetable


@dataclass(frozen=True)
class ProblemFile:
    """A problem as read from a file; ``instance`` where it came in the field's format."""

    problem: Problem
    instance: Instance | None = None

    def read_timetable(self, text: str) -> Timetable:
        """Read a timetable of this problem in the file's own format. Raises ``UnreadableFile``."""
        if self.instance is not None:
            return as_timetable(read_timetable(text, self.instance), self.instance)
        found: Timetable = _from_json(Timetable, text)
        return found

    def write_timetable(self, timetable: Timetable) -> str:
        """Return a timetable in the file's own format."""
        if self.instance is not None:
            return write_timetable(as_lectures(timetable, self.instance), self.instance)
        return json.dumps(to_wire(timetable), ensure_ascii=False, indent=1) + "\n"

    def official(self, timetable: Timetable) -> dict[str, int] | None:
        """Return the competition's own figures for a timetable, where the problem came in the field's format."""
        if self.instance is None:
            return None
        score = check(self.instance, as_lectures(timetable, self.instance))
        return {"violations": score.violations, "cost": score.cost, **{k: int(v) for k, v in vars(score).items()}}


def read_problem(text: str) -> ProblemFile:
    """Read a problem: JSON when it begins with a brace, else ``.ctt``. Raises ``UnreadableFile``."""
    text = text.removeprefix("\ufeff")
    instance = None if text.lstrip().startswith("{") else read_instance(text)
    problem: Problem = _from_json(Problem, text) if instance is None else as_problem(instance)
    wrong = objections(problem)
    if wrong:
        raise UnreadableFile(0, f"{wrong[0].path} {wrong[0].zh}", f"{wrong[0].path} {wrong[0].en}")
    return ProblemFile(problem, instance)


def write_problem(problem: Problem) -> str:
    """Return a problem as our own JSON."""
    return json.dumps(to_wire(problem), ensure_ascii=False, indent=1) + "\n"


def _from_json(kind: Any, text: str) -> Any:
    try:
        return from_wire(kind, json.loads(text.removeprefix("\ufeff")))
    except json.JSONDecodeError as error:
        raise UnreadableFile(error.lineno, "不是有效的JSON", f"not JSON: {error.msg}") from None
    except ValueError as error:
        raise UnreadableFile(0, f"内容不符：{error}", str(error)) from None
