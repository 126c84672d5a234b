"""``diaoxun timetable``: solving and checking files."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.cli import timetable as command
from deploy.cli.app import app
from services.scheduling.domain.wire import to_wire
from services.scheduling.timetable.ctt import write_instance
from services.scheduling.timetable.instance import Course, Curriculum, Instance, Room
from services.scheduling.timetable.problem import Placed, Timetable
from services.scheduling.timetable.scheduler import Outcome
from tests.unit.timetable.small_school import SCHOOL, TUE_AM, TUE_PM, table

RUNNER = CliRunner()
INSTANCE = Instance(
    "demo",
    tuple(Course(f"c{n}", f"t{n % 2}", 2, 2, 20 + n) for n in range(4)),
    (Room("r", 30), Room("s", 20)),
    3,
    3,
    (Curriculum("q", ("c0", "c1", "c2")),),
    frozenset({("c0", 0)}),
)


def test_what_solve_writes_check_accepts_at_the_same_cost(tmp_path: Path) -> None:
    problem, solution = tmp_path / "demo.ctt", tmp_path / "demo.sol"
    problem.write_text(write_instance(INSTANCE), encoding="utf-8")
    arguments = ["timetable", "solve", str(problem), "--proposals", "500000", "--seed", "3", "--out", str(solution)]
    solved = RUNNER.invoke(app, [*arguments, "--json"])
    assert solved.exit_code == 0, solved.output
    checked = RUNNER.invoke(app, ["timetable", "check", str(problem), str(solution), "--json"])
    assert checked.exit_code == 0, checked.output
    first, second = json.loads(solved.stdout), json.loads(checked.stdout)
    assert second["violations"] == 0
    assert first["cost"] == second["cost"]


def test_a_timetable_with_a_clash_is_refused_and_says_which_rule(tmp_path: Path) -> None:
    problem, solution = tmp_path / "demo.ctt", tmp_path / "demo.sol"
    problem.write_text(write_instance(INSTANCE), encoding="utf-8")
    solution.write_text("c0 r 0 0\nc0 r 1 0\n", encoding="utf-8")
    checked = RUNNER.invoke(app, ["timetable", "check", str(problem), str(solution), "--json"])
    assert checked.exit_code == 1
    figures = json.loads(checked.stdout)
    assert (figures["unavailability"], figures["lectures"]) == (1, 6)


def test_an_instance_without_room_for_its_lectures_is_refused(tmp_path: Path) -> None:
    problem = tmp_path / "full.ctt"
    crowded = Instance(
        "full", (Course("c", "t", 5, 1, 5),), (Room("r", 30),), 2, 2, (Curriculum("q", ("c",)),), frozenset()
    )
    problem.write_text(write_instance(crowded), encoding="utf-8")
    arguments = ["timetable", "solve", str(problem), "--proposals", "1000", "--out", str(tmp_path / "none")]
    solved = RUNNER.invoke(app, arguments)
    assert solved.exit_code == 1
    assert not (tmp_path / "none").exists()


def test_a_broken_file_is_refused_with_its_line(tmp_path: Path) -> None:
    problem = tmp_path / "broken.ctt"
    problem.write_text("Name: x\nCourses: many\n", encoding="utf-8")
    solved = RUNNER.invoke(app, ["timetable", "check", str(problem), str(problem)])
    assert solved.exit_code == 2
    assert "line 2" in solved.output


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return write(tmp_path / "school.json", SCHOOL)


def write(file: Path, what: object) -> Path:
    file.write_text(json.dumps(to_wire(what), ensure_ascii=False), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        ("room_clash", table(Placed("c", 1, TUE_AM, "big"))),
        ("lecture_missing", Timetable(table().lectures[1:])),
        ("lecture_unknown", Timetable((*table().lectures, Placed("x", 1, TUE_PM, "big")))),
        ("room_needed", table(Placed("c", 1, TUE_PM, "none"))),
        ("slot_invalid", table(Placed("c", 1, 99, "small"))),
    ],
)
@pytest.mark.parametrize("scheduler", ["exact", "portfolio"])
def test_solve_goes_on_from_no_timetable_that_breaks_a_hard_rule(
    rule: str, start: Timetable, scheduler: str, school: Path, tmp_path: Path
) -> None:
    file, out = write(tmp_path / "start.json", start), tmp_path / "out.json"
    arguments = ["--scheduler", scheduler, "--proposals", "1000", "--from", str(file), "--out", str(out)]
    solved = RUNNER.invoke(app, ["timetable", "solve", str(school), *arguments])
    assert (solved.exit_code, rule in solved.stderr, "不能从该课表继续" in solved.stderr) == (2, True, True)
    assert not out.exists()


def test_what_a_scheduler_gives_is_looked_at_before_it_is_written(
    school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Careless:
        def schedule(self, *_: object) -> Outcome:
            return Outcome("optimal", table(Placed("c", 1, TUE_AM, "big")), 0, 0, 0.1)

    monkeypatch.setattr(command, "_scheduler", lambda _: Careless())
    out = tmp_path / "out.json"
    solved = RUNNER.invoke(app, ["timetable", "solve", str(school), "--out", str(out)])
    assert (solved.exit_code, "room_clash" in solved.stdout, out.exists()) == (1, True, False)


class Untouched:
    def schedule(self, *_: object) -> Outcome:
        raise AssertionError("nothing is solved for a file that cannot be written")


@pytest.mark.parametrize("where", ["missing/out.json", ".", "school.json/out.json"])
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_solved(
    where: str, school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_scheduler", lambda _: Untouched())
    solved = RUNNER.invoke(app, ["timetable", "solve", str(school), "--out", str(tmp_path / where)])
    assert (solved.exit_code, solved.stdout) == (2, "")
    assert " / " in solved.stderr
    table_file = write(tmp_path / "table.json", table())
    for name in ("--out", "--out-problem"):
        changed = RUNNER.invoke(
            app, ["timetable", "edit", str(school), str(table_file), "move:b#1:2", name, str(tmp_path / where)]
        )
        assert changed.exit_code == 2


def test_a_folder_where_nobody_may_write_is_refused_before_anything_is_solved(
    school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_scheduler", lambda _: Untouched())
    monkeypatch.setattr("os.access", lambda file, mode: Path(file) != tmp_path)  # as for anybody but root
    solved = RUNNER.invoke(app, ["timetable", "solve", str(school), "--out", str(tmp_path / "out.json")])
    assert (solved.exit_code, "不能写入" in solved.stderr) == (2, True)


def test_a_timetable_that_cannot_be_written_after_all_is_not_lost(
    school: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.json"

    class Unlucky:
        def schedule(self, *_: object) -> Outcome:
            out.mkdir()
            return Outcome("optimal", table(), 4, 4, 0.1)

    monkeypatch.setattr(command, "_scheduler", lambda _: Unlucky())
    solved = RUNNER.invoke(app, ["timetable", "solve", str(school), "--out", str(out), "--json"])
    assert solved.exit_code == 2
    assert json.loads(solved.stdout)["violations"] == 0
    told = solved.stderr[solved.stderr.index("{") :]
    assert json.loads(told) == to_wire(table())


def test_a_slot_beyond_the_days_is_found_like_any_other_fault(school: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "own.json", table(Placed("c", 1, 99, "small")))
    checked = RUNNER.invoke(app, ["timetable", "check", str(school), str(file), "--json"])
    assert (checked.exit_code, json.loads(checked.stdout)["broken"]) == (1, {"slot_invalid": 1})
