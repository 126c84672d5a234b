"""``diaoxun timetable edit`` and ``diff``: changes by hand and what they do, from files."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from deploy.cli.app import app
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.timetable.ctt import write_instance
from services.scheduling.timetable.instance import Course, Instance, Room
from services.scheduling.timetable.problem import Placed, Problem, Timetable
from tests.unit.timetable.small_school import MON_AM, SCHOOL, TUE_AM, TUE_PM, table


def write(file: Path, what: object) -> Path:
    file.write_text(json.dumps(to_wire(what), ensure_ascii=False), encoding="utf-8")
    return file


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return write(tmp_path / "school.json", SCHOOL)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write(tmp_path / "good.json", table())


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["timetable", *map(str, arguments)])


def read(file: Path, kind: type[Any]) -> Any:
    return from_wire(kind, json.loads(file.read_text("utf-8")))


def test_changes_are_made_one_after_the_other_and_written(school: Path, good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = run("edit", school, good, "swap:a#1:a#2", "move:c#1:0", "move:c#1:1:small", "--out", out)
    assert done.exit_code == 0, done.output
    places = {(at.course_id, at.number): at.slot for at in read(out, Timetable).lectures}
    assert places == {("a", 1): 1, ("a", 2): MON_AM, ("b", 1): TUE_AM, ("c", 1): 1}
    assert "《研讨》：周二下午小教室→周一上午小教室，涉及“乙班”、讲师王老师" in done.stdout
    assert "成本4→7 / cost 4 -> 7" in done.stdout


def test_what_breaks_a_hard_rule_is_told_and_written_only_when_asked_for(
    school: Path, good: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    done = run("edit", school, good, f"move:b#1:{TUE_PM}", "--out", out)
    assert (done.exit_code, "lecturer_clash" in done.stdout, out.exists()) == (1, True, False)
    done = run("edit", school, good, f"move:b#1:{TUE_PM}", "--out", out, "--anyway", "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, out.exists()) == (1, True)
    assert {each["rule"] for each in said["broken"]} == {"lecturer_clash", "lecturer_hours"}
    done = run("edit", school, out, f"move:b#1:{TUE_AM}", "--out", out)
    assert (done.exit_code, "不再违反" in done.stdout, run("check", school, out).exit_code) == (0, True, 0)


def test_what_a_later_change_mends_is_no_reason_to_refuse(school: Path, good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = run("edit", school, good, f"move:b#1:{TUE_PM}", f"move:c#1:{TUE_AM}", "--out", out)
    assert (done.exit_code, out.exists()) == (0, True)


def test_locks_go_into_the_problem_and_hold(school: Path, good: Path, tmp_path: Path) -> None:
    locked, out = tmp_path / "locked.json", tmp_path / "out.json"
    lost = run("edit", school, good, "lock:b#1", "--out", out)
    assert (lost.exit_code, "--out-problem" in lost.stderr, out.exists()) == (2, True, False)
    assert run("edit", school, good, "lock:b#1", "--out-problem", locked).exit_code == 0
    assert read(locked, Problem).pins == (Placed("b", 1, TUE_AM, "big"),)
    moved = run("edit", locked, good, "move:b#1:0", "--out", out)
    assert (moved.exit_code, "pin_moved" in moved.stdout, out.exists()) == (1, True, False)
    again = run("edit", locked, good, "unlock:b#1", "--out-problem", locked)
    assert (again.exit_code, read(locked, Problem).pins) == (0, ())


def test_a_lecture_that_lies_nowhere_is_not_locked_there(school: Path, tmp_path: Path) -> None:
    odd, locked = write(tmp_path / "odd.json", table(Placed("b", 1, 99, "big"))), tmp_path / "locked.json"
    done = run("edit", school, odd, "lock:b#1", "--out-problem", locked)
    assert (done.exit_code, "pins[0].slot" in done.stderr, locked.exists()) == (2, True, False)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("fly:a#1", "看不懂"),
        ("move:a:7", "看不懂"),
        ("move:a#1", "看不懂"),
        ("move:a#x:1", "看不懂"),
        ("move:a#1:monday", "看不懂"),
        ("move:a#1:1:big:more", "看不懂"),
        ("swap:a#1", "看不懂"),
        ("lock:a#1:2", "看不懂"),
        ("move:a#1:99", "没有时段99"),
        ("move:a#1:1:none", "没有教室none"),
        ("lock:a#9", "没有课程a第9讲"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(school: Path, good: Path, change: str, said: str) -> None:
    done = run("edit", school, good, change)
    assert (done.exit_code, change in done.stderr, said in done.stderr) == (2, True, True)


def test_a_room_alone_may_change_and_a_problem_of_the_field_stays_in_its_format(tmp_path: Path) -> None:
    instance = Instance("demo", (Course("c", "t", 2, 1, 20),), (Room("r", 30), Room("s", 30)), 2, 2, (), frozenset())
    problem, solution, out = tmp_path / "demo.ctt", tmp_path / "demo.sol", tmp_path / "out.sol"
    problem.write_text(write_instance(instance), encoding="utf-8")
    solution.write_text("c r 0 0\nc r 1 0\n", encoding="utf-8")
    assert run("edit", problem, solution, "move:c#2::s", "--out", out).exit_code == 0
    assert out.read_text("utf-8") == "c r 0 0\nc s 1 0\n"
    own = tmp_path / "own.json"
    assert run("edit", problem, solution, "lock:c#2", "--out", out, "--out-problem", own).exit_code == 0
    assert run("check", own, out).exit_code == 0
    assert read(own, Problem).pins == (Placed("c", 2, 2, "r"),)


def test_diff_says_which_lectures_lie_elsewhere_and_whom_that_concerns(
    school: Path, good: Path, tmp_path: Path
) -> None:
    other = write(tmp_path / "other.json", Timetable(table(Placed("b", 1, TUE_PM, "big")).lectures[1:]))
    done = run("diff", school, good, other)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "改动2讲 / lectures changed: 2",
        "  《理论》第1讲：周一上午大教室→未排，涉及“甲班”、讲师李老师",
        "  '理论' lecture 1: 周一 morning in '大教室' -> no place; concerns term '甲班', lecturer 李老师",
        "  《专题》：周二上午大教室→周二下午大教室，涉及“甲班”、讲师王老师",
        "  '专题': 周二 morning in '大教室' -> 周二 afternoon in '大教室'; concerns term '甲班', lecturer 王老师",
        "成本4→6，违反硬性要求0→3处",
        "cost 4 -> 6; hard rules broken 0 -> 3",
    ]
    same = json.loads(run("diff", school, good, good, "--json").stdout)
    assert (same["differences"], same["cost_before"], same["violations"]) == ([], 4, 0)


def test_diff_bears_what_is_in_no_problem(school: Path, good: Path, tmp_path: Path) -> None:
    strange = Timetable((*table().lectures, Placed("x", 1, 99, "none")))
    done = run("diff", school, good, write(tmp_path / "strange.json", strange))
    assert (done.exit_code, "x第1讲：未排→时段99none" in done.stdout) == (0, True)


def test_lectures_without_numbers_count_as_one_another(tmp_path: Path) -> None:
    instance = Instance("demo", (Course("c", "t", 2, 1, 20),), (Room("r", 30),), 2, 2, (), frozenset())
    problem, old, new = tmp_path / "demo.ctt", tmp_path / "old.sol", tmp_path / "new.sol"
    problem.write_text(write_instance(instance), encoding="utf-8")
    old.write_text("c r 0 0\nc r 1 0\n", encoding="utf-8")
    new.write_text("c r 1 0\nc r 1 1\n", encoding="utf-8")
    (only,) = json.loads(run("diff", problem, old, new, "--json").stdout)["differences"]
    assert (only["before"], only["after"], only["number"]) == ([0, "r"], [3, "r"], None)
