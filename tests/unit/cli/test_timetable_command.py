"""``diaoxun timetable``: solving and checking files."""

import json
from pathlib import Path

from typer.testing import CliRunner

from deploy.cli.app import app
from services.scheduling.timetable.ctt import write_instance
from services.scheduling.timetable.instance import Course, Curriculum, Instance, Room

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
