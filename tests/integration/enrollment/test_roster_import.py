"""From a unit's file to nominations, and back to the unit with the result beside each row."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from services.enrollment import contract
from services.enrollment.contract import NotARoster, RosterAlreadyFiled, RosterTooLarge
from shared.errors import Forbidden, NotFound
from tests.integration.enrollment.conftest import HEADING, OPENING, Desk, id_number, line, unit_caller, workbook


@pytest.fixture
def ready(desk: Desk) -> Desk:
    desk.unit("city.donghu", "东湖区委")
    desk.place("term_1")
    desk.place("term_2", programme=2, starts=OPENING + timedelta(days=2))
    desk.place("term_3", programme=3, starts=OPENING + timedelta(days=30))
    desk.allot("term_1", donghu=40)
    return desk


def test_every_row_becomes_a_nomination_and_an_event(ready: Desk) -> None:
    roster = ready.file("city.donghu", [line(1), line(2), line(3, 3)])
    assert roster["state"] == "done"
    assert roster["counts"] == {
        "rows": 3, "checked": 3, "filed": 2, "warned": 1, "refused": 0, "errors": 0, "questions": 0,
    }  # fmt: skip
    events = ready.harness.emitted(contract.NOMINATIONS_FILED)
    assert {event.data["term_id"]: [each["outcome"] for each in event.data["nominations"]] for event in events} == {
        "term_1": ["eligible", "eligible"],
        "term_3": ["warned"],
    }
    assert {event.data["unit_id"] for event in events} == {"city.donghu"}
    [imported] = ready.harness.emitted(contract.ROSTER_IMPORTED)
    assert (imported.data["nominations"], imported.data["state"]) == (3, "done")


def test_rows_in_error_are_left_out_and_named(ready: Desk) -> None:
    wrong = id_number(2)[:-1] + ("1" if id_number(2)[-1] != "1" else "2")
    roster = ready.file("city.donghu", [line(1), line(2, 身份证号=wrong), line(3, "9 没有的班次"), line(4, 姓名="")])
    assert roster["counts"]["errors"] == 3
    assert roster["counts"]["filed"] == 1
    errors = {row["row"]: [remark["code"] for remark in row["remarks"]] for row in roster["row_errors"]}
    assert errors == {3: ["id-check"], 4: ["programme-unknown"], 5: ["name-missing"]}
    assert wrong not in str(roster)


def test_a_lower_case_x_is_the_same_person(ready: Desk) -> None:
    number = next(id_number(serial) for serial in range(1, 200) if id_number(serial).endswith("X"))
    roster = ready.file("city.donghu", [line(1, 身份证号=number.lower()), line(2, 身份证号=number)])
    assert (roster["counts"]["filed"], roster["counts"]["refused"]) == (1, 1)
    assert roster["row_errors"][0]["remarks"][0]["code"] == "duplicate_nomination"


def test_a_person_in_two_terms_that_share_a_day_is_refused_the_second(ready: Desk) -> None:
    roster = ready.file("city.donghu", [line(7, 1), line(7, 2), line(7, 3)])
    outcomes = {row["term_id"]: row["outcome"] for row in ready.nominations()}
    assert outcomes == {"term_1": "eligible", "term_2": "refused", "term_3": "warned"}
    [refused] = [row for row in roster["row_errors"] if row["result"] == "refused"]
    assert "日期重叠" in refused["remarks"][0]["message"]["zh"]
    assert [row["state"] for row in ready.nominations(outcome="refused")] == ["refused"]


def test_the_copy_has_the_result_beside_each_row(ready: Desk) -> None:
    roster = ready.file("city.donghu", [line(1), line(1), line(3, 身份证号="42010119800101")], filename="东湖.xlsx")
    copy = ready.call(contract.GET_ROSTER_FILE, {"import_id": roster["import_id"]})
    assert copy["filename"] == "东湖-校验结果.xlsx"
    page = load_workbook(io.BytesIO(base64.b64decode(copy["content"]))).active
    assert page is not None
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][-2:] == ("校验结果", "校验说明")
    assert [row[-2] for row in rows[1:]] == ["通过", "不予通过", "有误，未导入"]
    assert "不必重复报送" in rows[2][-1]
    assert "应为18位，现为14位" in rows[3][-1]
    assert rows[1][: len(HEADING) - 1] == tuple(line(1)[name] for name in HEADING[:-1])


def test_questions_travel_with_the_roster_without_numbers(ready: Desk) -> None:
    ready.file("city.donghu", [line(1, 难点问题="联系人13812345678反映的拆迁问题怎么办"), line(2)])
    [event] = ready.harness.emitted(contract.QUESTIONS_FILED)
    [question] = event.data["questions"]
    assert (question["term_id"], question["kind"]) == ("term_1", "question")
    assert "13812345678" not in question["text"]
    assert "拆迁问题" in question["text"]


def test_a_preview_tells_everything_and_keeps_nobody(ready: Desk) -> None:
    roster = ready.file("city.donghu", [line(1), line(1), line(2)], preview=True)
    assert (roster["counts"]["filed"], roster["counts"]["refused"]) == (2, 1)
    assert ready.nominations() == []
    assert ready.harness.emitted(contract.NOMINATIONS_FILED) == []
    again = ready.file("city.donghu", [line(1), line(2)])
    assert again["counts"]["filed"] == 2


def test_the_same_file_twice_is_said_and_changes_nothing(ready: Desk) -> None:
    content = workbook([line(1)])
    first = ready.receive("city.donghu", content)
    with pytest.raises(RosterAlreadyFiled) as refusal:
        ready.receive("city.donghu", content)
    assert refusal.value.details["import_id"] == first
    ready.unit("city.nanshan")
    assert ready.receive("city.nanshan", content) != first


def test_a_second_delivery_changes_nothing(ready: Desk) -> None:
    import_id = ready.receive("city.donghu", workbook([line(1), line(2)]))
    first = ready.run_import(import_id, "city.donghu", event_id="evt_1")
    second = ready.run_import(import_id, "city.donghu", event_id="evt_1")
    third = ready.run_import(import_id, "city.donghu", event_id="evt_2")
    assert first == second == third
    assert len(ready.nominations()) == 2


def test_an_import_cut_off_goes_on_where_it_was(ready: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from services.enrollment.commands import importing

    monkeypatch.setattr(importing, "_PART", 2)
    import_id = ready.receive("city.donghu", workbook([line(serial) for serial in range(1, 6)]))
    done: list[int] = []
    whole = importing._file_step

    def cut(work: Any, job: Any, lines: Any, start: int) -> None:
        if len(done) == 2:
            raise RuntimeError("the power went")
        whole(work, job, lines, start)
        done.append(start)

    monkeypatch.setattr(importing, "_file_step", cut)
    with pytest.raises(RuntimeError):
        ready.run_import(import_id, "city.donghu", event_id="evt_1")
    half = ready.call(contract.GET_ROSTER, {"import_id": import_id})
    assert (half["state"], half["counts"]["checked"], half["counts"]["rows"]) == ("importing", 4, 5)
    monkeypatch.setattr(importing, "_file_step", whole)
    roster = ready.run_import(import_id, "city.donghu", event_id="evt_1")
    assert (roster["state"], roster["counts"]["filed"]) == ("done", 5)
    assert len(ready.nominations()) == 5


def test_what_is_no_roster_is_refused_and_nothing_is_kept(ready: Desk) -> None:
    before = len(ready.harness.emitted())
    half = "姓名,职务\n张三,科长\n".encode("gb18030")
    for content, reason in ((b"%PDF-1.4 ...", "not-excel"), (b"", "empty"), (half, "columns-missing")):
        with pytest.raises(NotARoster) as refusal:
            ready.receive("city.donghu", content)
        assert refusal.value.details["reason"] == reason
    with pytest.raises(RosterTooLarge):
        ready.receive("city.donghu", b"a" * (10 * 1024 * 1024 + 1))
    with pytest.raises(NotFound):
        ready.receive("city.nowhere", workbook([line(1)]))
    assert ready.call(contract.LIST_ROSTERS, {})["items"] == []
    assert len(ready.harness.emitted()) == before


def test_a_unit_files_and_sees_only_its_own(ready: Desk) -> None:
    ready.unit("city.nanshan", "南山区委")
    roster = ready.file("city.donghu", [line(1)])
    stranger = unit_caller("city.nanshan")
    request = {"unit_id": "city.donghu", "file": base64.b64encode(workbook([line(5)])).decode()}
    with pytest.raises(Forbidden):
        ready.call(contract.FILE_ROSTER, request, caller=stranger)
    for operation in (contract.GET_ROSTER, contract.GET_ROSTER_FILE, contract.LIST_ROSTER_ROWS):
        with pytest.raises(NotFound):
            ready.call(operation, {"import_id": roster["import_id"]}, caller=stranger)
    [nomination] = ready.nominations()
    with pytest.raises(NotFound):
        ready.call(contract.GET_NOMINATION, {"nomination_id": nomination["nomination_id"]}, caller=stranger)
    assert ready.call(contract.LIST_NOMINATIONS, {}, caller=stranger)["items"] == []
    assert len(ready.call(contract.LIST_NOMINATIONS, {}, caller=unit_caller("city.donghu"))["items"]) == 1
