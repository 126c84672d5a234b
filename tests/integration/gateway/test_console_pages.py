from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from gateway.app import create_app
from gateway.store import SCHEMA
from gateway.wiring import put_together
from shared.clock import SettableClock
from shared.errors import Unavailable
from shared.security.caller import Role
from shared.storage import Store
from tests.integration.gateway.conftest import PASSWORD, SETTINGS, House
from tests.unit.gateway.city_year import ENROLLMENT, SCHEDULING, city_rpc


@pytest.fixture
def city(make_store: Callable[..., Store]) -> House:
    clock = SettableClock(datetime(2020, 4, 20, 2, 0, tzinfo=UTC))
    store = make_store(SCHEMA, clock=clock)
    rpc = city_rpc()
    parts = put_together(SETTINGS, [SCHEDULING, ENROLLMENT], rpc, store, clock)
    return House(store, clock, rpc, parts, create_app(parts))


def console(city: House, role: Role = Role.ORGANISATION_DEPARTMENT) -> FlaskClient:
    city.account("wang", role)
    return city.logged_in("wang")


def test_nobody_sees_the_console_without_logging_in(city: House) -> None:
    answer = city.client().get("/console")
    assert (answer.status_code, answer.location) == (302, "/console/login")
    assert city.client().get("/console/chart").status_code == 401
    assert city.client().get("/").location == "/console"


def test_the_page_asks_with_the_callers_own_caller(city: House) -> None:
    page = console(city).get("/console")
    assert page.status_code == 200
    assert "江城市2020年公务员培训计划" in page.text
    assert {str(context.caller.subject)[:5] for *_, context in city.rpc.calls} == {"acct_"}


def test_what_the_plan_wants_besides_dates_and_terms_that_cannot_stay_are_said(city: House) -> None:
    page = console(city).get("/console").text
    wishes = page[page.index('class="wishes"') :]
    assert "<dd><span>优先月份</span>5月、9月</dd>" in wishes
    assert "温教授（第1、2天）、liang（每天）" in wishes
    assert "东湖区委 12 人、jiangcheng.yunling 9 人，共 21 人" in wishes
    assert "第 6 班第 2 期在第 1 班结束至少 9 天之后开班" in wishes
    assert wishes.count("<dl>") == 3
    assert page.count('<span class="due">第6班第1期5月18日落入停办时段</span>') == 1


def test_a_plan_that_wants_nothing_more_has_no_such_part(city: House) -> None:
    plain = {"ordinal": 1, "title": "甲", "kind": "training", "months": [], "lecturers": [], "bed_kind": None}
    city.rpc.answer("get_plan", {"plan_id": "plan_2020", "year": 2020, "title": "计划", "programmes": [plain]})
    assert 'class="wishes"' not in console(city).get("/console").text
    assert "list_lecturers" not in {operation for _, operation, *_ in city.rpc.calls}


def test_a_service_that_is_away_leaves_the_rest_of_the_page_standing(city: House) -> None:
    city.rpc.fail("term_fill", Unavailable("停机", "away"))
    page = console(city).get("/console")
    assert page.status_code == 200
    assert "部分数据暂时无法取得：term_fill" in page.text
    assert page.text.count('class="term ') == 23


def test_an_open_page_keeps_its_figures_while_a_service_is_away(city: House) -> None:
    web = console(city)
    assert web.get("/console/chart").status_code == 200
    city.rpc.fail("term_fill", Unavailable("停机", "away"))
    answer = web.get("/console/chart")
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")


def test_without_a_plan_the_page_says_what_to_do(city: House) -> None:
    city.rpc.answer("list_plans", {"items": [], "next_cursor": None})
    assert "还没有年度培训计划" in console(city).get("/console").text


def test_a_role_that_may_not_see_plans_gets_a_page_and_no_data(city: House) -> None:
    page = console(city, Role.TRAINEE).get("/console")
    assert page.status_code == 200
    assert city.rpc.calls == []


def test_what_services_say_is_escaped(city: House) -> None:
    evil = "<script>alert(1)</script>"
    city.rpc.answer("list_units", {"items": [{"unit_id": "a", "title": evil}], "next_cursor": None})
    plan = {"plan_id": "plan_1", "year": 2020, "title": evil, "state": evil, "version": 1, "programmes": []}
    city.rpc.answer("list_plans", {"items": [plan], "next_cursor": None})
    city.rpc.answer("get_plan", {**plan, "programmes": [{"ordinal": 1, "title": evil, "kind": "training"}]})
    page = console(city).get("/console").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_logging_out_by_form_needs_the_token_of_the_session(city: House) -> None:
    web = console(city)
    token = web.environ_base.pop("HTTP_X_CSRF_TOKEN")
    assert web.post("/console/logout", data={"csrf_token": "guess"}).status_code == 403
    assert web.get("/console").status_code == 200
    assert web.post("/console/logout", data={"csrf_token": token}).status_code == 303
    assert web.get("/console").status_code == 302


def test_a_form_from_another_site_logs_nobody_in(city: House) -> None:
    city.account("wang", Role.ORGANISATION_DEPARTMENT)
    form = {"username": "wang", "password": PASSWORD}
    answer = city.client().post("/console/login", data=form, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
