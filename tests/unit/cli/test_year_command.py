"""``diaoxun year``: from a file to a table, and what becomes of it."""

import dataclasses
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.cli.app import app
from services.scheduling.domain.conflict import Asked, Conflict, Explanation, Loosening
from services.scheduling.plugins import year_explain

RUNNER = CliRunner()


def run(*arguments: object) -> tuple[int, str]:
    done = RUNNER.invoke(app, ["year", *map(str, arguments)])
    return done.exit_code, done.stdout


@pytest.fixture
def year(tmp_path: Path) -> Path:
    file = tmp_path / "year.json"
    assert run("sample", 8, "--out", file)[0] == 0
    return file


def test_what_solve_writes_check_accepts_and_replan_keeps(year: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.json"
    assert run("solve", year, "--scheduler", "greedy", "--out", table)[0] == 0
    code, said = run("check", year, table, "--json")
    assert (code, json.loads(said)["violations"]) == (0, [])
    code, said = run("replan", year, table, "--seconds", 20)
    assert (code, said.splitlines()[0]) == (0, "不必通知任何人")
    assert run("explain", year, "--seconds", 20) == (0, "全部要求可以同时满足 / all demands hold together\n")


def test_what_if_says_what_gives_way(year: Path, tmp_path: Path) -> None:
    table, after = tmp_path / "table.json", tmp_path / "after.json"
    run("solve", year, "--scheduler", "greedy", "--out", table)
    first = json.loads(table.read_text("utf-8"))["placed"][0]
    closed = f"blackout:{first['starts_on']}:{first['ends_on']}"
    code, said = run("what-if", year, table, closed, "--seconds", 20, "--out", after, "--json")
    answer = json.loads(said)
    assert code == 0
    assert first["term_id"] in {each["term_id"] for each in answer["affected"]}
    assert answer["proven"]
    assert run("check", year, after)[0] == 0
    code, said = run("what-if", year, table, f"ban:{first['term_id']}:2025-01-01:2025-12-31", "--seconds", 20)
    assert code == 1
    assert "以下2项要求不能同时满足" in said


def test_diff_says_which_terms_lie_elsewhere_and_who_is_told(year: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    run("solve", year, "--scheduler", "greedy", "--out", old)
    assert run("diff", year, old, old) == (0, "改动0期，需通知0人 / terms changed: 0; people to be told: 0\n")
    wire = json.loads(old.read_text("utf-8"))
    first, gone = wire["placed"][0], wire["placed"].pop()
    first |= {"starts_on": "2025-12-01", "ends_on": "2025-12-05", "reports_on": "2025-11-30"}
    new.write_text(json.dumps(wire), encoding="utf-8")
    code, said = run("diff", year, old, new, "--json")
    found = json.loads(said)
    assert (code, {each["term_id"] for each in found["affected"]}) == (0, {first["term_id"], gone["term_id"]})
    people = {term["id"]: term["trainees"] for term in json.loads(year.read_text("utf-8"))["terms"]}
    assert found["told"] == sum(each["told"] for each in found["affected"]) >= people[first["term_id"]]
    code, said = run("diff", year, old, new)
    assert (code, said.splitlines()[0][:4], "12月1日至5日" in said, "→未排" in said) == (0, "改动2期", True, True)


@pytest.mark.parametrize("command", ["diff", "replan", "what-if"])
@pytest.mark.parametrize(("name", "value"), [("room_id", "nowhere"), ("term_id", "nobody"), ("term_id", None)])
def test_a_table_of_another_year_is_refused(
    year: Path, tmp_path: Path, command: str, name: str, value: str | None
) -> None:
    old, odd = tmp_path / "old.json", tmp_path / "odd.json"
    run("solve", year, "--scheduler", "greedy", "--out", old)
    wire = json.loads(old.read_text("utf-8"))
    wire["placed"][1][name] = value or wire["placed"][0][name]
    odd.write_text(json.dumps(wire), encoding="utf-8")
    given = {"diff": [old, odd], "replan": [odd], "what-if": [odd, "blackout:2025-05-05:2025-05-09"]}[command]
    done = RUNNER.invoke(app, ["year", command, str(year), *map(str, given)])
    assert (done.exit_code, f"placed[1].{name}" in done.stderr, done.stdout) == (2, True, "")


def test_a_term_put_into_dropped_is_told_of(year: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.json"
    run("solve", year, "--scheduler", "greedy", "--out", table)
    wire = json.loads(year.read_text("utf-8"))
    gone = wire["terms"].pop(2)
    wire["dropped"].append(gone)
    year.write_text(json.dumps(wire), encoding="utf-8")
    code, said = run("replan", year, table, "--seconds", 20, "--json")
    told = {each["term_id"]: each["told"] for each in json.loads(said)["affected"]}
    assert (code, told.keys()) == (0, {gone["id"]})
    assert told[gone["id"]] >= gone["trainees"]


@pytest.mark.parametrize(
    "arguments",
    [["solve"], ["explain"], ["check", "TABLE"], ["replan", "TABLE"], ["what-if", "TABLE", "drop:p001-t1"]],
    ids=lambda arguments: arguments[0],
)
def test_a_year_with_a_mistake_is_refused_with_everything_wrong(
    year: Path, tmp_path: Path, arguments: list[str]
) -> None:
    table = tmp_path / "table.json"
    run("solve", year, "--scheduler", "greedy", "--out", table)
    wire = json.loads(year.read_text("utf-8"))
    wire["terms"][1]["id"] = wire["terms"][0]["id"]
    wire["rooms"][0]["campus_id"] = "nowhere"
    year.write_text(json.dumps(wire), encoding="utf-8")
    rest = [str(table) if each == "TABLE" else each for each in arguments[1:]]
    done = RUNNER.invoke(app, ["year", arguments[0], str(year), *rest])
    assert (done.exit_code, done.stdout) == (2, "")
    for place in ("terms[1].id: ", "rooms[0].campus_id: 没有编号为“nowhere”的校区"):
        assert place in done.stderr


def test_a_blackout_may_be_of_some_districts_alone(year: Path, tmp_path: Path) -> None:
    wire = json.loads(year.read_text("utf-8"))
    for each in (*wire["terms"], *wire["campuses"]):
        each |= {"districts": ["city.donghu"]} if "trainees" in each else {"district": "city.donghu"}
    year.write_text(json.dumps(wire), encoding="utf-8")
    table = tmp_path / "table.json"
    run("solve", year, "--scheduler", "greedy", "--out", table)
    first = json.loads(table.read_text("utf-8"))["placed"][0]
    closed = f"blackout:{first['starts_on']}:{first['ends_on']}"

    def moved(districts: str) -> bool:
        said = run("what-if", year, table, f"{closed}:{districts}", "--seconds", 20, "--json")[1]
        return first["term_id"] in {each["term_id"] for each in json.loads(said)["affected"]}

    assert (moved("city.u3"), moved("city.u3,city.donghu")) == (False, True)
    refused = RUNNER.invoke(app, ["year", "what-if", str(year), str(table), f"{closed}:city.donghuu"])
    assert (refused.exit_code, "city.donghu、" in refused.stderr) == (2, True)


def test_a_year_that_does_not_fit_is_explained(year: Path) -> None:
    wire = json.loads(year.read_text("utf-8"))
    wire["terms"][0]["trainees"] = 500
    year.write_text(json.dumps(wire), encoding="utf-8")
    code, said = run("explain", year, "--seconds", 20)
    assert code == 1
    assert "以下2项要求不能同时满足" in said


def test_a_long_conflict_without_a_way_out_says_that_none_was_found(
    year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tuple(Asked("held", f"t{number}", "要举办", "is to be held", ()) for number in range(21))
    crowd = Conflict((), "以下21项要求不能同时满足", "these 21 demands cannot hold together", asked, minimal=False)
    way = Loosening(11, "beds", True, "东校区增加11张床位", "add 11 beds to '东校区'")
    told = Explanation((crowd, dataclasses.replace(crowd, ways_out=(way,))), complete=False)
    monkeypatch.setattr(year_explain, "explain_year", lambda problem: told)
    code, said = run("explain", year)
    assert code == 1
    assert [line.split("（")[0] for line in said.splitlines() if line.startswith(" ")] == [
        "  时限内没有找到解决办法",
        "  最省的办法",
        "      东校区增加11张床位 / add 11 beds to '东校区'",
    ]


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (
            Explanation((), complete=False, placed=262, placed_bound=300),
            "时限内没有查到冲突；已能排下262期，其余至多38期能否排下尚无定论 / no conflict was found in time; "
            "a table holds 262 terms, and whether up to 38 more fit is open",
        ),
        (
            Explanation((Conflict((), "冲突", "conflict", ()),), complete=False, placed=3, placed_bound=3),
            "时限内未查完，可能还有其他冲突 / the time was too short: there may be more conflicts",
        ),
    ],
)
def test_where_the_time_was_too_short_it_says_what_is_open(
    year: Path, monkeypatch: pytest.MonkeyPatch, told: Explanation, line: str
) -> None:
    monkeypatch.setattr(year_explain, "explain_year", lambda problem: told)
    code, said = run("explain", year)
    assert (code, said.splitlines()[-1]) == (1, line)


def test_what_cannot_be_read_is_refused_with_what_and_where(year: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.json"
    odd.write_text('{"placed": [{"term_id": "a"}]}', encoding="utf-8")
    for arguments in (("check", year, odd), ("solve", odd), ("check", tmp_path / "none.json", odd)):
        done = RUNNER.invoke(app, ["year", *map(str, arguments)])
        assert (done.exit_code, "读不懂文件" in done.output) == (2, True)
    table = tmp_path / "table.json"
    run("solve", year, "--scheduler", "greedy", "--out", table)
    refused = RUNNER.invoke(app, ["year", "what-if", str(year), str(table), "fly:a"])
    assert (refused.exit_code, "看不懂“fly:a”" in refused.output) == (2, True)
