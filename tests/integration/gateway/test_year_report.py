"""The report of a year: figures of every service on one page and in one workbook, whoever is away."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.store import SCHEMA
from gateway.wiring import put_together
from services.compliance.contract import CONTRACT as COMPLIANCE
from services.enrollment.contract import CONTRACT as ENROLLMENT
from services.notification.contract import CONTRACT as NOTIFICATION
from services.outcomes.contract import CONTRACT as OUTCOMES
from services.scheduling.contract import CONTRACT as SCHEDULING
from shared.clock import SettableClock
from shared.errors import Unavailable
from shared.security.caller import Role
from shared.storage import Store
from tests.integration.gateway.conftest import SETTINGS, House
from tests.unit.gateway.fakes import FakeRpc

EVIL = '=HYPERLINK("http://evil.example")<script>alert(1)</script>'


def figure(key: str, title: str, value: float | None, columns: dict[str, str], *rows: dict[str, Any]) -> dict[str, Any]:
    named = [{"key": name, "title": {"zh": zh, "en": name}} for name, zh in columns.items()]
    words = {"zh": title, "en": key}
    return {"key": key, "title": words, "unit": "people", "value": value, "columns": named, "rows": list(rows)}


@pytest.fixture
def house(make_store: Callable[..., Store]) -> House:
    clock = SettableClock(datetime(2020, 12, 30, 2, 0, tzinfo=UTC))
    store = make_store(SCHEMA, clock=clock)
    rpc = FakeRpc()
    rpc.answer(
        "list_plans", {"items": [{"plan_id": "plan_1", "year": 2020, "title": "2020年计划"}], "next_cursor": None}
    )
    rpc.answer("list_units", {"items": [{"unit_id": "a.donghu", "title": "东湖区委"}], "next_cursor": None})
    rpc.answer("list_lecturers", {"items": [], "next_cursor": None})
    for service in ("scheduling", "compliance", "outcomes", "notification"):
        rpc.answer(f"get_{service}_figures", {"figures": []})
    columns = {"unit": "单位", "nominated": "推荐", "accepted": "审核通过", "admitted": "录取"}
    row = {"unit_id": "a.donghu", "unit": EVIL, "nominated": 1200, "accepted": 9, "admitted": 8}
    rpc.answer("get_enrollment_figures", {"figures": [figure("nominations", "推荐与录取", 8, columns, row)]})
    returns = figure("returns", "返岗", 1, {"unit_id": "单位", "on_time": "按时", "late": "逾期", "open": "未确认"},
                     {"unit_id": "a.donghu", "on_time": 1, "late": 0, "open": None})  # fmt: skip
    rpc.answer("get_compliance_figures", {"figures": [returns]})
    contracts = [SCHEDULING, ENROLLMENT, COMPLIANCE, OUTCOMES, NOTIFICATION]
    parts = put_together(SETTINGS, contracts, rpc, store, clock)
    return House(store, clock, rpc, parts, create_app(parts))


def reader(house: House, role: Role = Role.AUDITOR) -> FlaskClient:
    house.account("wang", role)
    return house.logged_in("wang")


def test_each_figure_stands_with_its_rows_and_names_instead_of_identifiers(house: House) -> None:
    page = reader(house).get("/console/report").text
    assert "2020年计划 · 年度报告" in page
    assert 'data-series="nominated accepted admitted"' in page
    assert 'data-value="1200">1,200<' in page
    assert page.count("<td>东湖区委</td>") == 1, "compliance knows the unit by its identifier only"
    assert "a.donghu" not in page
    assert "<script>alert" not in page
    assert "https://" not in page.replace("https://evil", "")


def test_a_service_that_is_away_leaves_the_other_chapters(house: House) -> None:
    house.rpc.fail("get_compliance_figures", Unavailable("停机", "away"))
    page = reader(house).get("/console/report").text
    assert "以下部分的服务暂时没有应答，其余数据不受影响：学习管理" in page
    assert "推荐与录取" in page


def test_with_scheduling_away_the_plan_is_known_from_admissions(house: House) -> None:
    for name in ("list_plans", "list_lecturers", "get_scheduling_figures"):
        house.rpc.fail(name, Unavailable("停机", "away"))
    house.rpc.answer("term_fill", {"items": [{"plan_id": "plan_1"}, {"plan_id": "plan_1"}]})
    page = reader(house).get("/console/report").text
    assert "推荐与录取" in page
    assert "计划、课程与师资" in page.split("其余数据不受影响：")[1][:20]


def test_the_workbook_has_a_sheet_a_figure_and_no_formula(house: House) -> None:
    answer = reader(house).get("/console/report.xlsx?plan=plan_1")
    assert answer.status_code == 200
    assert "2020" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["总览", "推荐与录取", "返岗"]
    rows = list(book["推荐与录取"].values)
    assert rows[1] == ("单位", "推荐", "审核通过", "录取")
    assert rows[2][1:] == (1200, 9, 8)
    cell = book["推荐与录取"]["A3"]
    assert (cell.data_type, cell.value) == ("s", f"'{EVIL}")
    assert [each.value for each in book["总览"]["B"]][3:] == ["推荐与录取", "返岗"]


def test_it_is_for_those_who_see_the_whole_city(house: House) -> None:
    web = reader(house, Role.UNIT)
    assert "您的角色或管辖范围不能查看这部分数据" in web.get("/console/report").text
    assert "东湖" not in web.get("/console/report").text
    nobody = house.client().get("/console/report")
    assert (nobody.status_code, nobody.location) == (302, "/console/login")
    assert house.client().get("/console/report.xlsx").status_code == 401


def test_who_does_not_reach_the_whole_city_is_told_so_and_of_no_outage(house: House) -> None:
    house.account("wang", Role.PARTY_SCHOOL, units=("a.donghu",))
    page = house.logged_in("wang").get("/console/report").text
    assert "没有应答" not in page
    key = house.key(Role.AUDITOR, scopes=("scheduling:read", "enrollment:read"))
    narrow = house.client(key).get("/console/report").text
    assert ("没有应答" in narrow, "推荐与录取" in narrow) == (False, True)
    assert narrow.count("您的角色或管辖范围不能查看这部分数据") == 3


def test_a_program_fetches_it_with_its_key(house: House) -> None:
    key = house.key(Role.ORGANISATION_DEPARTMENT)
    assert house.client(key).get("/console/report.xlsx").status_code == 200
    assert house.client("dx_wrong").get("/console/report").status_code == 401
