"""Hours are credited as attended, corrected by the last word, and follow the person wherever they go."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.compliance.contract import COMPLETION_DECIDED
from services.enrollment import contract
from services.enrollment.commands.hours import join_ledgers, on_completion
from services.enrollment.store import HOURS_LEDGERS
from shared.context import Context
from shared.errors import Forbidden, Invalid, NotFound
from shared.security.caller import Caller, Role, service_caller
from tests.integration.enrollment.conftest import OPENING, Desk, id_number, line, unit_caller
from tests.integration.enrollment.fee_desk import AUDITOR, SCHOOL, admit, cancel, go_to, hear, withdraw
from tests.integration.enrollment.test_lecture_fees import issue


@pytest.fixture
def city(desk: Desk) -> Desk:
    for unit in ("donghu", "nanshan"):
        desk.unit(f"city.{unit}", f"{unit}区委")
    for number in (1, 2, 3):
        desk.place(f"term_{number}", ordinal=number, starts=OPENING + timedelta(days=30 * (number - 1)))
        desk.allot(f"term_{number}", donghu=20, nanshan=20)
    return desk


def decided(nomination_id: str, hours: int, days: int = 5, **changes: Any) -> dict[str, Any]:
    news = {"nomination_id": nomination_id, "term_id": "term_1", "unit_id": "city.donghu", "completed": True}
    news |= {"hours_attended": hours, "total_hours": 40, "days": days, "decided_on": "2020-05-18"}
    return news | changes


def decide(desk: Desk, nomination_id: str, hours: int, days: int = 5, **changes: Any) -> None:
    desk.harness.deliver(COMPLETION_DECIDED, decided(nomination_id, hours, days, **changes))


def ledger(desk: Desk, nomination_id: str, caller: Caller | None = None) -> dict[str, Any]:
    return desk.call(contract.GET_HOURS_OF_NOMINATION, {"nomination_id": nomination_id}, caller=caller)


def test_hours_attended_are_credited_and_announced(city: Desk) -> None:
    [nomination_id] = admit(city, 1)
    before = ledger(city, nomination_id)
    assert before["expected"][0]["hours"] == 40, "eight hours a day until the timetable is issued"
    assert before["standings"][0]["forecast_gap_hours"] == 50
    city.harness.take()
    decide(city, nomination_id, 38)
    shown = ledger(city, nomination_id)
    [entry] = shown["entries"]
    assert (entry["hours"], entry["days"], entry["rank"], entry["on"]) == (38, 5, "一级主任科员", "2020-05-15")
    assert shown["expected"] == []
    assert shown["standings"][0]["gap_hours"] == 52
    [event] = city.harness.emitted(contract.HOURS_CREDITED)
    assert event.data == {
        "nomination_id": nomination_id,
        "term_id": "term_1",
        "unit_id": "city.donghu",
        "year": 2020,
        "hours": 38,
    }


def test_the_last_word_on_a_nomination_counts_in_whatever_order_words_arrive(city: Desk) -> None:
    [nomination_id] = admit(city, 1)
    start = datetime(2020, 5, 18, tzinfo=UTC)
    context = Context(caller=service_caller("enrollment"))
    city.harness.take()
    for hours, minutes in ((38, 10), (30, 5), (36, 20), (36, 30), (38, 25)):
        news = COMPLETION_DECIDED.schema.load(decided(nomination_id, hours))
        at = start + timedelta(minutes=minutes)
        city.harness.store.transact(
            context, lambda tx, news=news, at=at: on_completion(tx, news, at) or {}, operation="test"
        )
    [entry] = ledger(city, nomination_id)["entries"]
    assert entry["hours"] == 36
    assert [each["hours"] for each in entry["superseded"]] == [38]
    assert [event.data["hours"] for event in city.harness.emitted(contract.HOURS_CREDITED)] == [38, 36]


def test_hours_attended_count_also_where_the_completion_was_refused(city: Desk) -> None:
    [nomination_id] = admit(city, 1)
    decide(city, nomination_id, 12, 2, completed=False)
    [entry] = ledger(city, nomination_id)["entries"]
    assert (entry["hours"], entry["completed"]) == (12, False)


def test_the_forecast_follows_the_timetable_a_cancellation_and_a_withdrawal(city: Desk) -> None:
    first, second = admit(city, 2)
    issue(city, "term_1")
    assert ledger(city, first)["expected"][0]["hours"] == 40
    withdraw(city, first)
    assert ledger(city, first)["expected"] == []
    cancel(city, "term_1")
    assert ledger(city, second)["expected"] == []


def test_news_of_an_admission_that_comes_late_expects_nothing_twice(city: Desk) -> None:
    [nomination_id] = admit(city, 1)
    news = {"term_id": "term_1", "unit_id": "city.donghu", "nomination_ids": [nomination_id], "count": 1}
    decide(city, nomination_id, 38)
    city.harness.deliver(contract.ROSTER_ADMITTED, news)
    assert ledger(city, nomination_id)["expected"] == []
    withdraw(city, nomination_id)
    city.harness.deliver(contract.ROSTER_ADMITTED, news)
    assert ledger(city, nomination_id)["expected"] == []


def test_a_person_who_moves_to_another_unit_takes_the_ledger_along(city: Desk) -> None:
    [first] = admit(city, 1)
    decide(city, first, 38)
    go_to(city, OPENING + timedelta(days=10))
    [second] = admit(city, 1, "term_2", "nanshan", ordinal=2)
    decide(city, second, 30, term_id="term_2", unit_id="city.nanshan")
    assert ledger(city, first, unit_caller("city.donghu"))["unit_id"] == "city.nanshan"
    assert sum(entry["hours"] for entry in ledger(city, second)["entries"]) == 68
    listed = city.call(contract.LIST_HOURS, {}, caller=unit_caller("city.nanshan"))["items"]
    assert [row["person_id"] for row in listed] == [ledger(city, first)["person_id"]]
    assert city.call(contract.LIST_HOURS, {}, caller=unit_caller("city.donghu"))["items"] == []


def verdict_of(desk: Desk, nomination_id: str) -> dict[str, Any]:
    shown = desk.call(contract.GET_NOMINATION, {"nomination_id": nomination_id})
    return next(item for item in shown["verdicts"] if item["rule"] == "hours_gap")


def test_a_nomination_is_judged_by_the_hours_on_record_for_the_year_of_its_term(city: Desk) -> None:
    [first] = admit(city, 1)
    decide(city, first, 38)
    city.file("city.donghu", [line(1, 1, 2), line(2, 1, 2)])
    known, new = sorted(city.nominations(term_id="term_2"), key=lambda row: row["name"])
    assert verdict_of(city, known["nomination_id"])["ruling"] == "pass"
    assert "还差52学时" in verdict_of(city, known["nomination_id"])["reason"]["zh"]
    assert "尚无学时记录" in verdict_of(city, new["nomination_id"])["reason"]["zh"]
    dossier = city.call(contract.GET_DOSSIER, {"nomination_id": known["nomination_id"]})
    assert (dossier["hours"]["earned"], dossier["hours"]["gap"]) == (38, 52)
    decide(city, first, 90)
    city.file("city.donghu", [line(1, 1, 3)])
    [again] = city.nominations(term_id="term_3")
    assert verdict_of(city, again["nomination_id"])["ruling"] == "warn"
    assert again["outcome"] == "warned"
    assert city.call(contract.GET_DOSSIER, {"nomination_id": again["nomination_id"]})["hours"]["gap"] == 0


def test_two_ledgers_of_one_person_are_joined_and_nothing_counts_twice(city: Desk) -> None:
    first, second = admit(city, 2)
    decide(city, first, 38)
    decide(city, second, 30)
    source = {"source": "2019年度学时登记表"}
    rows = [{"nomination_id": each, "year": 2019, "hours": 20, "days": 3} for each in (first, second)]
    city.call(contract.IMPORT_HOURS, source | {"rows": rows})
    kept, other = (ledger(city, each)["person_id"] for each in (first, second))
    context = Context(caller=service_caller("enrollment"))
    city.harness.store.transact(context, lambda tx: join_ledgers(tx, kept, other) or {}, operation="test")
    joined = city.call(contract.GET_HOURS, {"person_id": kept})
    assert sorted(entry["hours"] for entry in joined["entries"]) == [20, 30, 38]
    with pytest.raises(NotFound):
        city.call(contract.GET_HOURS, {"person_id": other})


def test_hours_of_earlier_years_are_imported_row_by_row_and_again_without_counting_twice(city: Desk) -> None:
    [nomination_id] = admit(city, 1)
    rows = [
        {"nomination_id": nomination_id, "year": 2019, "hours": 60, "days": 8, "note": "含网络培训"},
        {"nomination_id": "nom_unknown", "year": 2019, "hours": 60, "days": 8},
        {"id_number": id_number(77), "name": "某某", "unit_id": "city.nanshan", "year": 2019, "hours": 90, "days": 12,
         "rank": "四级主任科员"},
        {"id_number": id_number(78), "year": 2019, "hours": 90, "days": 12},
        {"id_number": "123", "year": 2019, "hours": 90, "days": 12},
        {"year": 2019, "hours": 90, "days": 12},
        {"id_number": id_number(79), "name": "某", "unit_id": "city.nowhere", "year": 2019, "hours": 1, "days": 1},
    ]  # fmt: skip
    request = {"source": "2019年度学时登记表", "rows": rows}
    report = city.call(contract.IMPORT_HOURS, request)
    assert (report["done"], report["left"]) == (2, 5)
    assert [item["done"] for item in report["items"]] == [True, False, True, False, False, False, False]
    assert all(item["problem"]["zh"] for item in report["items"] if not item["done"])
    assert id_number(78) not in str(report)
    rows[0]["hours"] = 62
    assert city.call(contract.IMPORT_HOURS, request)["done"] == 2
    [entry] = ledger(city, nomination_id)["entries"]
    assert (entry["hours"], entry["source"], entry["superseded"][0]["hours"]) == (
        62,
        "2019年度学时登记表，含网络培训",
        60,
    )
    listed = city.call(contract.LIST_HOURS, {})["items"]
    assert [row["unit_id"] for row in listed] == ["city.donghu", "city.nanshan"], "nobody was made of a refused row"
    assert city.harness.emitted(contract.HOURS_CREDITED) == []


def test_a_promotion_before_the_requirement_was_met_has_to_be_made_up_for(city: Desk) -> None:
    [nomination_id] = admit(city, 1)
    decide(city, nomination_id, 38)
    go_to(city, OPENING + timedelta(days=60))
    person_id = ledger(city, nomination_id)["person_id"]
    promotion = {
        "person_id": person_id,
        "promoted_on": "2020-07-01",
        "rank": "县处级副职",
        "document": "江组干〔2020〕1号",
    }
    after = city.call(contract.RECORD_PROMOTION, promotion)
    assert after["bucket"] == "senior"
    assert [each["kind"] for each in after["standings"]] == ["five_year", "catch_up"]
    assert (after["standings"][1]["last"], after["standings"][1]["gap_hours"]) == ("2021-07-01", 52)
    assert after["entries"][0]["bucket"] == "others", "by the rank held when trained"
    with pytest.raises(Invalid, match="晚于今天"):
        city.call(contract.RECORD_PROMOTION, promotion | {"promoted_on": "2020-08-01"})


def test_units_see_how_their_people_stand_and_download_it(city: Desk) -> None:
    full, part = admit(city, 2)
    [other] = admit(city, 1, unit="nanshan", first=10)
    decide(city, full, 90, 12)
    decide(city, part, 40)
    sums = city.call(contract.SUM_HOURS, {}, caller=AUDITOR)["items"]
    donghu, nanshan = sums
    assert (donghu["people"], donghu["met"], donghu["short"], donghu["gap_hours"]) == (2, 1, 1, 50)
    assert (nanshan["gap_hours"], nanshan["forecast_gap_hours"]) == (90, 50)
    mine = city.call(contract.SUM_HOURS, {}, caller=unit_caller("city.nanshan"))["items"]
    assert [row["unit_id"] for row in mine] == ["city.nanshan"]
    file = city.call(contract.GET_HOURS_FILE, {"unit_id": "city.donghu"}, caller=unit_caller("city.donghu"))
    page = load_workbook(io.BytesIO(base64.b64decode(file["content"]))).active
    assert page is not None
    rows = list(page.iter_rows(min_row=2, values_only=True))
    assert rows[0][:3] == ("单位", "姓名", "职级")
    assert sorted(row[8] for row in rows[1:3]) == [0, 50]
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    with pytest.raises(NotFound):
        ledger(city, other, unit_caller("city.donghu"))
    with pytest.raises(Forbidden):
        city.call(contract.GET_HOURS_FILE, {"unit_id": "city.nanshan"}, caller=unit_caller("city.donghu"))


def test_trainees_see_their_own_hours_and_nothing_else(city: Desk) -> None:
    mine, other = admit(city, 2)
    decide(city, mine, 38)
    trainee = Caller(f"trainee:{mine}", frozenset({Role.TRAINEE}), ())
    shown = city.call(contract.GET_MY_HOURS, {}, caller=trainee)
    assert [entry["nomination_id"] for entry in shown["entries"]] == [mine]
    person_id = ledger(city, other)["person_id"]
    for operation, request in (
        (contract.LIST_HOURS, {}),
        (contract.GET_HOURS, {"person_id": person_id}),
        (contract.GET_HOURS_OF_NOMINATION, {"nomination_id": other}),
        (contract.SUM_HOURS, {}),
        (contract.GET_HOURS_FILE, {}),
    ):
        with pytest.raises(Forbidden):
            city.call(operation, request, caller=trainee)
    with pytest.raises(Forbidden):
        city.call(contract.GET_MY_HOURS, {}, caller=unit_caller("city.donghu"))


def test_only_the_organisation_department_writes_into_the_ledger(city: Desk) -> None:
    rows = [{"nomination_id": "nom_1", "year": 2019, "hours": 1, "days": 1}]
    promotion = {"person_id": "p", "promoted_on": "2020-01-01", "rank": "县处级副职", "document": "文件"}
    for caller in (SCHOOL, AUDITOR, unit_caller("city.donghu")):
        with pytest.raises(Forbidden):
            city.call(contract.IMPORT_HOURS, {"source": "登记表", "rows": rows}, caller=caller)
        with pytest.raises(Forbidden):
            city.call(contract.RECORD_PROMOTION, promotion, caller=caller)


WORDS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 40), st.booleans(), st.booleans()), min_size=1, max_size=25
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS)
def test_hours_in_the_ledger_equal_hours_attended(desk: Desk, words: list[tuple[int, int, bool, bool]]) -> None:
    desk.unit("city.donghu")
    desk.place("term_1")
    desk.allot("term_1", donghu=40)
    known = [row["nomination_id"] for row in desk.nominations(state="admitted")]
    people = known or admit(desk, 6)
    attended: dict[str, int] = {}
    for number, (which, hours, completed, twice) in enumerate(words):
        news = decided(people[which], hours, hours // 8, completed=completed)
        for _ in range(1 + twice):
            desk.harness.deliver(COMPLETION_DECIDED, news, event_id=f"evt_{len(known)}_{id(words)}_{number}")
        attended[people[which]] = hours
    view = desk.harness.store.view(Context(caller=service_caller("enrollment")))
    credited = {
        entry["nomination_id"]: entry["hours"] for row in view.rows(HOURS_LEDGERS).find() for entry in row["entries"]
    }
    assert {each: credited[each] for each in attended} == attended
    hear(desk)


def test_a_nomination_nobody_was_admitted_by_has_no_ledger(city: Desk) -> None:
    city.file("city.donghu", [line(1)])
    [row] = city.nominations()
    with pytest.raises(NotFound, match="学时档案"):
        ledger(city, row["nomination_id"])
