"""``diaoxun term``, ``table`` and ``year`` against a running platform: timetables out of it, tables into it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from deploy.cli.app import app
from tests.e2e.gateway.small_city import City, issue_keys, planned_city


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city in which one term has a timetable in two versions."""
    with planned_city(tmp_path_factory.mktemp("stack")) as made:
        made.keys |= issue_keys(made.url, made.admin_password, {"school": (["party_school"], "", None)})
        with made.client("school") as school:
            teaching, term_id = school.scheduling, made.term_id
            on = teaching.get_term(term_id=term_id)["starts_on"]
            for half, source in (("morning", "empty"), ("afternoon", "issued")):
                teaching.open_timetable_draft(term_id=term_id, source=source)  # type: ignore[arg-type]
                teaching.add_session(
                    term_id=term_id, title="自学", on=on, half=half, hours=4, form="self_study"  # type: ignore[arg-type]
                )  # fmt: skip
                teaching.issue_timetables(term_ids=[term_id], reason="首次下达" if half == "morning" else "增加自学")
        yield made


def run(city: City, *arguments: object, who: str = "school", url: str | None = None) -> Result:
    environment = {"DIAOXUN_KEY": city.keys[who], "DIAOXUN_URL": url or city.url}
    return CliRunner().invoke(app, [str(each) for each in arguments], env=environment)


def rooms(file: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("编号", "校区编号", "名称", "容量"), *rows):
        book.active.append(row)
    book.save(file)
    return file


def test_a_timetable_comes_as_workbook_pdf_and_calendar(city: City, tmp_path: Path) -> None:
    xlsx, pdf, ics = (tmp_path / f"table.{kind}" for kind in ("xlsx", "pdf", "ics"))
    done = run(city, "term", "timetable", city.term_id, "--xlsx", xlsx, "--pdf", pdf, "--ics", ics)
    assert done.exit_code == 0, done.output
    sheet = openpyxl.load_workbook(xlsx).active
    assert sheet is not None
    assert any("自学" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert ics.read_bytes().count(b"BEGIN:VEVENT") == 2
    with city.client("organiser") as organiser:
        assert all(each["revoked_at"] for each in organiser.scheduling.list_feeds()["items"])


def test_two_versions_are_compared_in_words(city: City) -> None:
    done = run(city, "term", "timetable", city.term_id, "--compare", "1:2")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0] == "改动1课次，学时4→8 / sessions changed: 1; class hours 4 -> 8"
    found = json.loads(run(city, "term", "timetable", city.term_id, "--compare", "1:2", "--json").stdout)
    assert [each["kind"] for each in found["differences"]] == ["added"]


def test_two_versions_of_the_year_are_compared_in_words(city: City) -> None:
    with city.client("organiser") as organiser:
        term = organiser.scheduling.get_term(term_id=city.term_id)
        known = organiser.scheduling.list_year_versions(plan_id=term["plan_id"])["items"]
        later = (date.fromisoformat(str(term["starts_on"])) + timedelta(days=7)).isoformat()
        organiser.scheduling.move_term(term_id=city.term_id, starts_on=later, reason="场地检修")
    plan_id, first, second = term["plan_id"], known[-1]["number"], known[-1]["number"] + 1
    done = run(city, "year", "versions", plan_id)
    assert done.exit_code == 0, done.output
    assert "场地检修" in done.stdout
    assert "改动1期" in done.stdout.splitlines()[-1]
    listed = json.loads(run(city, "year", "versions", plan_id, "--json").stdout)
    assert [each["number"] for each in listed] == [*(each["number"] for each in known), second]
    done = run(city, "year", "compare", plan_id, f"{first}:{second}")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("改动1期，需通知")
    assert "people to be told" in done.stdout.splitlines()[0]
    found = json.loads(run(city, "year", "compare", plan_id, f"{first}:{second}", "--json").stdout)
    (row,) = found["differences"]
    assert (row["term_id"], row["before"]["starts_on"], row["after"]["starts_on"]) == (
        city.term_id, term["starts_on"], later
    )  # fmt: skip
    assert row["words"]["zh"] in done.stdout
    done = run(city, "year", "compare", plan_id, f"{first}:99")
    assert (done.exit_code, "没有第 99 版" in done.stderr, "has no version 99" in done.stderr) == (1, True, True)


def test_what_the_gateway_refuses_is_told_in_both_languages(city: City, tmp_path: Path) -> None:
    out = tmp_path / "none.xlsx"
    done = run(city, "term", "timetable", "term_none", "--xlsx", out)
    assert (done.exit_code, "term_none" in done.stderr, out.exists()) == (1, True, False)
    assert len(done.stderr.splitlines()) == 2
    assert run(city, "table", "import", "rooms", rooms(tmp_path / "r.xlsx"), who="unit").exit_code == 1


def test_a_table_is_taken_whole_or_comes_back_with_its_errors(city: City, tmp_path: Path) -> None:
    good = rooms(tmp_path / "rooms.xlsx", ("r7", "main", "七号教室", 30), ("r8", "main", "八号教室", 30))
    bad = rooms(tmp_path / "bad.xlsx", ("r9", "main", "九号教室", 30), ("r10", "main", "十号教室", "很多"))
    errors = tmp_path / "errors.xlsx"
    assert run(city, "table", "import", "rooms", good, "--preview").exit_code == 0
    done = run(city, "table", "import", "rooms", bad, "--errors", errors)
    assert (done.exit_code, "有误1行" in done.stdout, "3 容量" in done.stdout) == (1, True, True)
    assert "应为1至10000的整数" in cells(errors.read_bytes())
    done = run(city, "table", "import", "rooms", good, "--errors", tmp_path / "nothing.xlsx", "--json")
    assert (done.exit_code, json.loads(done.stdout)["added"]) == (0, 2)
    assert not (tmp_path / "nothing.xlsx").exists()
    with city.client("organiser") as organiser:
        known = {each["room_id"] for each in organiser.scheduling.list_rooms()["items"]}
    assert known == {"r1", "r2", "r7", "r8"}
    form = tmp_path / "form.xlsx"
    assert run(city, "table", "form", "rooms", form).exit_code == 0
    assert "容量" in cells(form.read_bytes())


def cells(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row)
