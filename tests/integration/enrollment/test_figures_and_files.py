"""The year's figures with their rows, the lists and files of a term, rooms that follow people, and one's own page."""

from __future__ import annotations

import base64
import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from services.enrollment import contract
from services.enrollment.contract import RoomUnsuitable
from shared.errors import Forbidden, Invalid, NotFound
from shared.security.caller import Caller, Role, service_caller
from tests.integration.enrollment.conftest import OPENING, Desk, id_number, line, unit_caller
from tests.integration.enrollment.fee_desk import hear, order, pay
from tests.integration.enrollment.replacing import approve, ask, at

SCHOOL = Caller("test:school", frozenset({Role.PARTY_SCHOOL}), ("",))
DONGHU = unit_caller("city.donghu")


@pytest.fixture
def city(desk: Desk) -> Desk:
    """Four seats of donghu taken, one of them handed on by a replacement; one late replacement refused."""
    for unit in ("donghu", "nanshan"):
        desk.unit(f"city.{unit}", f"{unit}区")
    desk.place("term_1", capacity=10)
    desk.allot("term_1", donghu=4, nanshan=4)
    desk.file("city.donghu", [line(serial) for serial in range(1, 6)])
    desk.accept_all()
    desk.call(contract.ADMIT_TERM, {"term_id": "term_1", "standby_left_out": True})
    hear(desk)
    return desk


def seated(desk: Desk) -> list[str]:
    return [row["nomination_id"] for row in desk.nominations(state="admitted", term_id="term_1")]


def replace(desk: Desk, nomination_id: str, serial: int = 500, **changes: Any) -> str:
    asked = ask(desk, nomination_id, serial, **changes)
    approve(desk, asked, approver="王建国", approver_post="处长")
    while hear(desk):
        pass
    done = desk.call(contract.GET_REPLACEMENT, {"replacement_id": asked["replacement_id"]})
    return str(done["new_nomination_id"])


def figures(desk: Desk) -> dict[str, dict[str, Any]]:
    found = desk.call(contract.GET_ENROLLMENT_FIGURES, {"plan_id": "plan_2020"}, caller=SCHOOL)["figures"]
    return {each["key"]: each for each in found}


def test_every_figure_has_its_rows_behind_it(city: Desk) -> None:
    replace(city, seated(city)[0])
    at(city, 2020, 5, 8, 9)
    late = ask(city, seated(city)[0], 501)
    refuse = {"replacement_id": late["replacement_id"], "decision": "refuse", "reason_code": "late"}
    city.call(contract.DECIDE_REPLACEMENT, refuse)
    found = figures(city)
    assert (found["nominations"]["value"], found["quota_use"]["value"]) == (4, 50.0)
    [row] = [row for row in found["nominations"]["rows"] if row["unit_id"] == "city.donghu"]
    assert (row["nominated"], row["admitted"], row["left"]) == (6, 5, 1)
    [cause] = found["replacements"]["rows"]
    assert (cause["approved"], cause["late_refused"], found["replacements"]["value"]) == (1, 1, 1)
    assert found["fees"]["value"] > 0
    assert [row["people"] for row in found["standby"]["rows"]] == [1]
    gap = found["hours_gap"]
    assert gap["value"] == sum(row["gap_hours"] for row in gap["rows"]) > 0
    assert all(row["forecast_gap_hours"] <= row["gap_hours"] for row in gap["rows"])
    for each in found.values():
        keys = {column["key"] for column in each["columns"]}
        assert all(keys <= set(row) for row in each["rows"]), each["key"]
    with pytest.raises(Forbidden):
        city.call(contract.GET_ENROLLMENT_FIGURES, {"plan_id": "plan_2020"}, caller=DONGHU)


def test_a_year_without_anything_has_figures_that_say_so(city: Desk) -> None:
    found = city.call(contract.GET_ENROLLMENT_FIGURES, {"plan_id": "plan_1999"})["figures"]
    assert {each["key"]: each["value"] for each in found}["punctuality"] is None
    assert all(each["rows"] == [] for each in found)


def test_nominations_after_the_closing_day_are_late_and_its_last_second_is_not(city: Desk) -> None:
    closes = {"scope_id": "term_1", "source": "选调通知", "nominations_close_on": "2020-04-20"}
    with pytest.raises(Invalid, match="按期"):
        city.call(contract.PUT_CONDITIONS, closes | {"scope_id": "programme_1"})
    assert city.call(contract.PUT_CONDITIONS, closes)["nominations_close_on"] == "2020-04-20"
    at(city, 2020, 4, 20, 23, 59, 59)
    city.file("city.nanshan", [line(21)])
    at(city, 2020, 4, 21)
    city.file("city.nanshan", [line(22)])
    assert [row["outcome"] for row in city.nominations(unit_id="city.nanshan")] == ["eligible", "warned"]
    [row] = [row for row in figures(city)["punctuality"]["rows"] if row["unit_id"] == "city.nanshan"]
    assert (row["in_time"], row["late"]) == (1, 1)


def test_a_nomination_that_goes_to_another_term_is_late_by_that_terms_closing_day(city: Desk) -> None:
    city.place("term_2", programme=2, starts=OPENING + timedelta(days=28), capacity=10)
    closes = {"source": "选调通知", "nominations_close_on": "2020-04-20"}
    city.call(contract.PUT_CONDITIONS, closes | {"scope_id": "term_1"})
    city.call(contract.PUT_CONDITIONS, closes | {"scope_id": "term_2", "nominations_close_on": "2020-05-04"})
    at(city, 2020, 4, 21)
    city.file("city.nanshan", [line(21)])
    [nomination] = city.nominations(unit_id="city.nanshan")

    def punctual(**changes: Any) -> tuple[int, int]:
        request = {"nomination_id": nomination["nomination_id"], **changes}
        city.call(contract.CORRECT_NOMINATION, request)
        [row] = [row for row in figures(city)["punctuality"]["rows"] if row["unit_id"] == "city.nanshan"]
        return row["in_time"], row["late"]

    assert punctual(post="副科长") == (0, 1)
    assert punctual(term_id="term_2") == (1, 0)
    assert punctual(term_id="term_1") == (0, 1)
    at(city, 2020, 5, 4, 23, 59, 59)
    assert punctual(term_id="term_2") == (1, 0)
    at(city, 2020, 5, 5)
    assert punctual(post="科长") == (1, 0), "corrected, not filed for another term"
    assert punctual(term_id="term_1") == (0, 1)


def rows_of(content: str) -> list[tuple[Any, ...]]:
    page = load_workbook(io.BytesIO(base64.b64decode(content))).active
    assert page is not None
    return [tuple(row) for row in page.iter_rows(values_only=True)]


def text_of(content: str) -> str:
    return "\n".join(str(cell) for row in rows_of(content) for cell in row)


ROOMS = [{"number": "101", "beds": 2}, {"number": "102", "beds": 2}]


def arrange(desk: Desk, **changes: Any) -> dict[str, Any]:
    request = {"term_id": "term_1", "rooms": ROOMS, "group_size": 2, "meeting_places": ["二楼会议室", "三楼会议室"]}
    return desk.call(contract.ARRANGE_TERM, request | changes, caller=SCHOOL)


def test_three_lists_name_everybody_and_an_identity_number_stands_in_none(city: Desk) -> None:
    arrange(city)
    files = city.call(contract.EXPORT_ENROLLMENT_FILES, {"term_id": "term_1"}, caller=service_caller("compliance"))
    by_name = {each["name"]: each for each in files["files"]}
    assert [each["item"] for each in files["files"]] == ["roster", "roster", "roster", "fees", "replacements", None]
    numbers = [id_number(serial) for serial in range(1, 6)]
    for each in by_name.values():
        assert not any(number in text_of(each["content"]) for number in numbers), each["name"]
    formal, contact = text_of(by_name["学员花名册.xlsx"]["content"]), text_of(by_name["学员通讯录.xlsx"]["content"])
    assert ("1980.01" in formal, "13800000001" in formal) == (True, False)
    assert ("13800000001" in contact, "101" in contact) == (True, True)
    grouping = rows_of(by_name["学员分组名单.xlsx"]["content"])
    assert sum(row[1] == "召集人" for row in grouping) == 2 + 1  # two conveners and the heading
    assert {row[6] for row in grouping if row[0] == "第1组"} == {"二楼会议室"}
    with pytest.raises(Forbidden):
        city.call(contract.EXPORT_ENROLLMENT_FILES, {"term_id": "term_1"})
    unknown = city.call(contract.EXPORT_ENROLLMENT_FILES, {"term_id": "term_9"}, caller=service_caller("compliance"))
    assert unknown["files"] == []


def test_what_one_payer_paid_too_much_hides_nothing_another_owes(city: Desk) -> None:
    """The unit paid for all four, then the treasury takes one over: the unit gets back what the treasury owes."""
    pay(city, order(city)["order_id"], "13200.00")
    takes = {"term_id": "term_1", "unit_id": "city.donghu", "nomination_id": seated(city)[0], "payer": "treasury"}
    city.call(contract.ASSIGN_FEE_PAYER, takes)
    [row] = figures(city)["fees"]["rows"]
    assert (row["outstanding"], row["to_refund"]) == (3300, 3300)
    assert row["assessed"] == row["received"] - row["returned"] + row["outstanding"] - row["to_refund"]
    assert "尚欠3,300.00元" in text_of(city.call(contract.GET_FEE_LIST, {"term_id": "term_1"})["content"])


def test_a_unit_downloads_the_list_of_its_own_people_only(city: Desk) -> None:
    city.file("city.nanshan", [line(21)])
    city.accept_all(unit_id="city.nanshan")
    city.call(contract.ADMIT_TERM, {"term_id": "term_1"})
    own = city.call(contract.GET_TRAINEE_LIST, {"term_id": "term_1", "view": "contact"}, caller=DONGHU)
    assert ("13800000001" in text_of(own["content"]), "13800000021" in text_of(own["content"])) == (True, False)
    whole = city.call(contract.GET_TRAINEE_LIST, {"term_id": "term_1", "view": "grouping"}, caller=SCHOOL)
    assert text_of(whole["content"]).count("未分组") == 5


def test_rooms_and_groups_follow_a_replacement_and_a_withdrawal(city: Desk) -> None:
    first = arrange(city)
    assert (first["without_bed"], len(first["people"])) == (0, 4)
    where = {item["nomination_id"]: (item["room"], item["group"]) for item in first["people"]}
    gone, other = seated(city)[:2]
    new = replace(city, gone, id_number=id_number(500))
    city.call(contract.WITHDRAW_NOMINATION, {"nomination_id": other, "reason_code": "work"})
    hear(city)
    now = city.call(contract.GET_ARRANGEMENT, {"term_id": "term_1"})
    after = {item["nomination_id"]: (item["room"], item["group"]) for item in now["people"]}
    assert after[new][1] == where[gone][1]
    assert gone not in after
    assert other not in after
    assert len(after) == 3
    seen = city.call(contract.GET_ARRANGEMENT, {"term_id": "term_1"}, caller=unit_caller("city.nanshan"))
    assert seen["people"] == []


def test_somebody_is_moved_by_hand_with_a_reason_where_there_is_a_bed(city: Desk) -> None:
    first = arrange(city, rooms=[*ROOMS, {"number": "103", "beds": 1}])
    chosen = first["people"][0]["nomination_id"]
    move = {"term_id": "term_1", "nomination_id": chosen, "reason": "打鼾", "room": "103", "group": 2}
    done = city.call(contract.MOVE_TRAINEE, move, caller=SCHOOL)
    [placed] = [item for item in done["people"] if item["nomination_id"] == chosen]
    assert (placed["room"], placed["group"]) == ("103", 2)
    with pytest.raises(RoomUnsuitable):
        city.call(contract.MOVE_TRAINEE, move | {"nomination_id": first["people"][1]["nomination_id"]}, caller=SCHOOL)
    with pytest.raises(NotFound):
        city.call(contract.MOVE_TRAINEE, move | {"nomination_id": "nom_9"}, caller=SCHOOL)
    with pytest.raises(Forbidden):
        city.call(contract.MOVE_TRAINEE, move, caller=DONGHU)


def test_a_trainee_sees_their_own_enrollment_and_nobody_elses(city: Desk) -> None:
    chosen = seated(city)[0]
    own = Caller(f"trainee:{chosen}", frozenset({Role.TRAINEE}))
    mine = city.call(contract.GET_MY_ENROLLMENT, {}, caller=own)
    assert (mine["nomination_id"], mine["state"], mine["replacement_deadline_on"]) == (chosen, "admitted", "2020-05-06")
    arrange(city)
    assert city.call(contract.GET_MY_ENROLLMENT, {}, caller=own)["room"] in ("101", "102")
    for stranger in (DONGHU, SCHOOL, Caller("lecturer:x", frozenset({Role.TRAINEE}))):
        with pytest.raises(Forbidden):
            city.call(contract.GET_MY_ENROLLMENT, {}, caller=stranger)
