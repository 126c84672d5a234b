"""``python -m tests.bench.timetable_previews FOLDER [--only comp05,comp07] [--moves 60] [--days 20,60]``.

What somebody waits for who changes a timetable by hand, through the service's operations on a store of its own, in
milliseconds of this process's processor time (the store's own is not in it) and of the clock:

- previews of random moves on a solve's best timetable, for each ``.ctt`` file: ten that come first after the solve's
  document changed, so that problem and timetable are read, then the others; and ``Draft.preview`` alone;
- where a session of a draft could go, for terms of so many days with two sessions each, while six other terms have
  theirs on the same days: the median and the worst over ten sessions. ``MONGODB_URI`` takes another server.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from services.scheduling import contract, store
from services.scheduling.commands.timetable_solves import note_progress, request_solve
from services.scheduling.contract import timetable_drafts as drafting
from services.scheduling.service import SchedulingService
from services.scheduling.store import SESSIONS, TIMETABLES
from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.editing import Change, Draft
from services.scheduling.timetable.files import read_problem
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.scheduler import Progress
from services.scheduling.timetable.start import feasible_start
from shared.calendar import WorkingCalendar, days_between
from shared.clock import SettableClock
from shared.runtime.testing import ServiceHarness
from shared.security.fields import Keyring
from shared.storage import Store, Transaction
from tests.fixtures.store import StoreServer
from tests.integration.scheduling.conftest import School, programme
from tests.integration.scheduling.teaching import placed_plan

_HALVES = {"morning": ("08:30", "12:00"), "afternoon": ("14:30", "18:00")}
_TERMS = 7
_SESSIONS = _FIRST = 10
Taken = list[tuple[float, float]]


def main() -> None:
    """Measure both and print what they took."""
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="diaoxun-bench-") as folder:
        server = StoreServer(Path(folder))
        uri = os.environ.get("MONGODB_URI") or server.start()
        try:
            for name in given.only.split(","):
                _previews(uri, given.folder / f"{name}.ctt", given.moves)
            for days in given.days.split(","):
                _places(uri, int(days))
        finally:
            server.kill()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="comp05,comp07", help="instances, separated by commas")
    parser.add_argument("--moves", type=int, default=60)
    parser.add_argument("--days", default="20,60", help="lengths of terms")
    return parser.parse_args()


def _school(uri: str) -> School:
    clock = SettableClock(datetime(2020, 3, 2, 1, 0, tzinfo=UTC))
    keyring = Keyring.parse("k1:" + Keyring.new_key())
    kept = Store.open(uri, store.SCHEMA, clock=clock, keyring=keyring, prefix=f"bench_{uuid4().hex[:8]}_")
    kept.ensure()
    return School(ServiceHarness(SchedulingService, kept))


def _previews(uri: str, file: Path, moves: int) -> None:
    problem = read_problem(file.read_text("utf-8")).problem
    layout = Layout(problem)
    places = feasible_start(layout, 1, 60.0, lambda: False)
    if places is None:
        raise SystemExit(f"{file}: no timetable to start from")
    timetable, school, chance = layout.numbered(places), _school(uri), random.Random(1)
    cost = assess(problem, timetable).cost

    def told_of(tx: Transaction) -> dict[str, Any]:
        note_progress(tx, solve_id, Progress(cost, 0, 1.0, timetable, 0.5), 1.0)
        return {}

    solve_id = str(_written(school, lambda tx: {"id": request_solve(tx, problem)["_id"]})["id"])
    draft, first, whole, alone = Draft(problem, timetable), Taken(), Taken(), Taken()
    for turn in range(_FIRST + moves):
        if turn < _FIRST:
            _written(school, told_of)
        at, slot = chance.choice(timetable.lectures), chance.randrange(layout.grid.slots)
        request = {"action": "move", "course_id": at.course_id, "number": at.number, "slot": slot}
        asked = {"solve_id": solve_id, **request}
        taken = first if turn < _FIRST else whole
        told = _timed(taken, lambda asked=asked: school.call(contract.PREVIEW_TIMETABLE_CHANGE, asked))
        change = Change(**request)  # type: ignore[arg-type]
        found = _timed(alone, lambda change=change: draft.preview(change))
        if (told["cost"], told["feasible"]) != (found.cost, found.feasible):
            raise SystemExit(f"{file}: the operation says another thing than the draft of {request}")
    print(f"\n{file.stem}: {len(timetable.lectures)} lectures, {moves} previews")
    _tell("after a change", first)
    _tell("previews", whole)
    _tell("Draft.preview alone", alone[_FIRST:])


def _places(uri: str, days: int) -> None:
    school = _school(uri)
    window = {"starts_on": "2020-05-06", "ends_on": "2020-09-30", "days": days}
    rooms = {f"r{number}": 60 for number in range(_TERMS)}
    _, terms = placed_plan(school, programme(terms=_TERMS, trainees=20 * _TERMS, **window), **rooms)
    first = terms[0]
    held = _working_days(*(date.fromisoformat(first[name]) for name in ("starts_on", "ends_on")))

    def drafted(tx: Transaction) -> dict[str, Any]:
        tx.rows(TIMETABLES).insert(
            {
                "_id": first["term_id"],
                "plan_id": first["plan_id"],
                "number": 0,
                "solve_id": None,
                "draft": {
                    "sessions": _sessions("own", first["room_id"], held),
                    "based_on": 0,
                    "left_out": [],
                    "changed_at": tx.now,
                    "changed_by": "bench",
                },
            }
        )
        for number, term in enumerate(terms[1:]):
            for session in _sessions(f"o{number}", term["room_id"], held):
                row = {"_id": session["session_id"], "term_id": term["term_id"], "plan_id": term["plan_id"]}
                row |= {name: session[name] for name in ("on", "hours", "lecturer_id", "room_id", "joint_id")}
                tx.rows(SESSIONS).insert({**row, "session": session})
        return {}

    _written(school, drafted)
    chance, taken = random.Random(1), Taken()
    for session in chance.sample(_sessions("own", first["room_id"], held), _SESSIONS):
        wanted = {"term_id": first["term_id"], "session_id": session["session_id"]}
        found = _timed(taken, lambda wanted=wanted: school.call(drafting.LIST_SESSION_PLACES, wanted))
        if len(found["places"]) != 3 * days:
            raise SystemExit(f"{len(found['places'])} half-days were judged and not {3 * days}")
    print(f"\na term of {days} days, {_TERMS - 1} others beside it: {3 * days} half-days judged for a session")
    _tell("list_session_places", taken)


def _working_days(first: date, last: date) -> list[date]:
    calendar = WorkingCalendar()
    return [day for day in days_between(first, last) if calendar.is_working_day(day)]


def _sessions(name: str, room_id: str, days: list[date]) -> list[dict[str, Any]]:
    return [
        {
            "session_id": f"{name}.{day.isoformat()}.{half}",
            "course_id": f"{name}.{number % 12}",
            "module": "理论",
            "title": f"课程{number}",
            "form": "lecture",
            "on": day.isoformat(),
            "half": half,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "hours": 4,
            "lecturer_id": None,
            "room_id": room_id,
            "joint_id": None,
            "host": None,
        }
        for number, day in enumerate(days)
        for half, (starts_at, ends_at) in _HALVES.items()
    ]


def _written(school: School, body: Callable[[Transaction], dict[str, Any]]) -> dict[str, Any]:
    kit = school.harness.kit
    answer: dict[str, Any] = kit.store.transact(kit.own_context(), body, operation="bench")
    return answer


def _timed(taken: Taken, work: Callable[[], Any]) -> Any:
    processor, clock = time.process_time(), time.perf_counter()
    found = work()
    taken.append((1000 * (time.process_time() - processor), 1000 * (time.perf_counter() - clock)))
    return found


def _tell(name: str, taken: Taken) -> None:
    processor, clock = zip(*taken, strict=True)
    print(
        f"  {name:22} processor median {statistics.median(processor):7.1f} ms, worst {max(processor):7.1f} ms; "
        f"clock median {statistics.median(clock):7.1f} ms, worst {max(clock):7.1f} ms",
        flush=True,
    )


if __name__ == "__main__":
    main()
