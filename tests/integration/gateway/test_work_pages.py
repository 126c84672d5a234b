"""The console's pages of work: what waits for each role, a term, and its timetable with a draft to drag about."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from gateway.administration import bootstrap
from gateway.app import create_app
from gateway.auth.key_format import read_key
from gateway.console.asking import MOST_PAGES
from gateway.store import SCHEMA
from gateway.wiring import put_together
from services.compliance.contract import CONTRACT as COMPLIANCE
from services.enrollment.contract import CONTRACT as ENROLLMENT
from services.notification.contract import CONTRACT as NOTIFICATION
from services.outcomes.contract import CONTRACT as OUTCOMES
from services.scheduling.contract import CONTRACT as SCHEDULING
from shared.clock import SettableClock
from shared.errors import Conflict, NotFound, Unavailable
from shared.security.caller import Role
from shared.storage import Store
from tests.integration.gateway.conftest import PASSWORD, SETTINGS, House
from tests.unit.gateway import office
from tests.unit.gateway.fakes import FakeRpc

TERM = "term_1_1"


@pytest.fixture
def house(make_store: Callable[..., Store]) -> House:
    clock = SettableClock(datetime(2020, 5, 6, 2, 0, tzinfo=UTC))
    store = make_store(SCHEMA, clock=clock)
    rpc = FakeRpc()
    office.answer_for_an_office(rpc)
    contracts = [SCHEDULING, ENROLLMENT, COMPLIANCE, OUTCOMES, NOTIFICATION]
    parts = put_together(SETTINGS, contracts, rpc, store, clock)
    return House(store, clock, rpc, parts, create_app(parts))


def looking(house: House, role: Role, units: tuple[str, ...] = ("",)) -> FlaskClient:
    house.account("wang", role, units=units)
    return house.logged_in("wang")


def change(web: FlaskClient, act: str, **fields: str) -> Any:
    form = {"csrf_token": web.environ_base["HTTP_X_CSRF_TOKEN"], "once": "o1", **fields}
    return web.post(f"/console/terms/{TERM}/timetable/{act}", data=form)


def test_the_department_sees_what_waits_for_it_and_what_is_late_first(house: House) -> None:
    page = looking(house, Role.ORGANISATION_DEPARTMENT).get("/console/today").text
    titles = [page.index(words) for words in ("逾期未回执", "推荐待审核", "请假待组织部审批")]
    assert titles[0] < min(titles[1:]), "what is late stands first"
    assert "李四 科长" in page
    assert "东湖区委 · 第1班第1期" in page
    assert "纪律提醒待确认" not in page, "that is for units"
    assert page.count("个半天") == 1, "the other leave waits for the head teacher"


def test_a_unit_sees_its_own_matters_only(house: House) -> None:
    page = looking(house, Role.UNIT, ("jiangcheng.donghu",)).get("/console/today").text
    assert "纪律提醒待确认" in page
    assert "推荐待审核" not in page
    asked = {name for _, name, *_ in house.rpc.calls}
    assert "list_phone_tasks" not in asked


@pytest.mark.parametrize("role", [Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL])
def test_open_phone_tasks_are_seen_beside_more_finished_ones_than_a_page_holds(house: House, role: Role) -> None:
    finished = {
        "subject": {"zh": "催回执"}, "unit_id": "jiangcheng.donghu", "term_id": TERM, "assignee": None,
        "due_on": "2020-05-07", "urgent": False, "state": "done",
    }  # fmt: skip
    opened = {**finished, "subject": {"zh": "补报名单"}, "state": "open"}
    assigned = {**finished, "subject": {"zh": "核对电话"}, "state": "assigned", "assignee": "周敏"}
    house.rpc.answers["list_phone_tasks"] = office.listed(*[finished] * 100, opened, assigned)
    page = looking(house, role).get("/console/today").text
    assert ("补报名单" in page, "核对电话" in page, "催回执" in page) == (True, True, False)
    assert '电话任务<span class="count">2</span>' in page


def test_what_waits_is_found_behind_whole_pages_of_what_does_not(house: House) -> None:
    asked = {"title": "产业建议", "unit_id": "", "term_id": TERM, "due_on": "2020-05-05", "state": "forwarded"}
    proposals = [{**asked, "overdue": False}] * 100 + [{**asked, "title": "养老建议", "overdue": True}] * 101
    house.rpc.answers["list_proposals"] = office.listed(*proposals)
    web = looking(house, Role.ORGANISATION_DEPARTMENT)
    page = web.get("/console/today").text
    assert "养老建议" in page
    assert '政策建议逾期未答复<span class="count">101</span>' in page
    house.rpc.answers["list_proposals"] = office.listed(*proposals * 20)
    house.rpc.calls.clear()
    assert '政策建议逾期未答复<span class="count">' in web.get("/console/today").text
    forwarded = [name for _, name, asked, _ in house.rpc.calls if asked.get("state") == "forwarded"]
    assert forwarded == ["list_proposals"] * MOST_PAGES, "so far and no further"


def test_the_school_sees_which_courses_need_another_lecturer_and_by_when(house: House) -> None:
    lost = {
        "course_title": "金融风险", "lecturer_name": "邱教授", "programme_title": "金融专题", "ordinal": 2,
        "state": "lapsed", "starts_on": "2020-05-18", "due_on": "2020-04-20", "term_id": TERM,
    }  # fmt: skip
    empty: dict[str, Any] = {"items": [], "next_cursor": None}
    house.rpc.answers["list_invitations"] = lambda asked: {**empty, "items": [lost] if asked.get("unfilled") else []}
    page = looking(house, Role.PARTY_SCHOOL).get("/console/today").text
    assert '授课被谢绝或逾期未复，需另请教师<span class="count">1</span>' in page
    assert "邱教授逾期未答复 · 金融专题 第2期" in page
    assert '<span class="due">5月18日 星期一</span>' in page, "not late: the opening is to come"


def test_a_service_away_is_said_and_nothing_to_do_is_said(house: House) -> None:
    house.rpc.fail("list_nominations", Unavailable("停机", "away"))
    web = looking(house, Role.ORGANISATION_DEPARTMENT)
    page = web.get("/console/today").text
    assert "部分数据暂时无法取得：查询推荐人选。" in page
    assert "逾期未回执" in page
    for name in list(house.rpc.answers):
        if name.startswith("list_"):
            house.rpc.answer(name, {"items": [], "next_cursor": None})
    assert "都办完了" in web.get("/console/today").text


def test_a_term_shows_people_with_what_every_service_keeps_of_them(house: House) -> None:
    page = looking(house, Role.PARTY_SCHOOL).get(f"/console/terms/{TERM}").text
    for words in ("王五", "36/40", "优秀", "结业", "已回执", "怎样减少重复报表", "日程表尚未下达", "培训费清单"):
        assert words in page, words
    house.rpc.fail("list_attendance", Unavailable("停机", "away"))
    page = looking(house, Role.PARTY_SCHOOL).get(f"/console/terms/{TERM}").text
    assert "王五" in page
    assert "尚无考勤" in page


def test_the_last_two_versions_of_a_year_are_compared_unless_others_are_asked_for(house: House) -> None:
    web = looking(house, Role.ORGANISATION_DEPARTMENT)
    page = web.get("/console/plans/plan_2020/year").text
    assert "2020-04-03 00:30" in page, "in the city's time"
    for words in ("防疫停办一周", "改动1期，需通知49人", "第1班第1期", "东湖区委", "文教授"):
        assert words in page, words
    assert '5月11日至15日<br><span class="quiet">市委党校 二号楼201</span>' in page
    assert '5月11日至15日<br><span class="quiet">线上</span>' in page
    assert "两版排期相同" in web.get("/console/plans/plan_2020/year?from=2&to=2").text
    assert "没有这两版排期可比" in web.get("/console/plans/plan_2020/year?from=1&to=9").text
    assert web.get("/console/plans/plan_2020/year?from=one&to=%00").text == page


def test_a_version_of_a_year_names_the_account_or_key_that_made_it_else_its_identifier(house: House) -> None:
    def made(number: int, by: str) -> dict[str, Any]:
        at = "2020-03-20T01:30:00Z"
        return {"number": number, "changed": 1, "placed": 1, "changed_at": at, "changed_by": by, "reason": None}

    account = bootstrap.ensure_account(house.store, house.clock, "zhou", PASSWORD, "干教科周敏", [Role.PARTY_SCHOOL])
    key = read_key(
        bootstrap.issue_key(house.store, house.clock, SETTINGS.secrets, "排期程序", [Role.PARTY_SCHOOL])
    ).key_id
    versions = [made(n, by) for n, by in enumerate((account, key, "service:scheduling", "key_gone"), 1)]
    house.rpc.answer("list_year_versions", {"items": versions, "next_cursor": None})
    page = looking(house, Role.ORGANISATION_DEPARTMENT).get("/console/plans/plan_2020/year").text
    shown = re.findall(r'<td class="quiet">([^<]*)</td></tr>', page)
    assert shown == ["key_gone", "service:scheduling", "排期程序", "干教科周敏"]


def test_a_year_without_versions_or_out_of_reach_says_so(house: House) -> None:
    house.rpc.answer("list_year_versions", {"items": [], "next_cursor": None})
    web = looking(house, Role.PARTY_SCHOOL)
    assert "还没有排期" in web.get("/console/plans/plan_2020/year").text
    assert "compare_year" not in {name for _, name, *_ in house.rpc.calls}
    house.rpc.fail("list_year_versions", Unavailable("停机", "away"))
    page = web.get("/console/plans/plan_2020/year").text
    assert ("部分数据暂时无法取得" in page, "还没有排期" in page) == (True, False)
    house.rpc.fail("get_plan", NotFound("没有", "none"))
    answer = web.get("/console/plans/plan_x/year")
    assert (answer.status_code, "没有找到这个计划" in answer.text) == (404, True)
    assert house.client().get("/console/plans/plan_2020/year").location == "/console/login"


def test_a_term_out_of_reach_is_not_found(house: House) -> None:
    house.rpc.fail("get_term", NotFound("没有", "none"))
    answer = looking(house, Role.ORGANISATION_DEPARTMENT).get("/console/terms/term_x")
    assert (answer.status_code, "没有找到这一期" in answer.text) == (404, True)
    assert house.client().get(f"/console/terms/{TERM}").location == "/console/login"


def test_the_school_moves_a_session_of_the_draft_and_sees_what_breaks(house: House) -> None:
    house.rpc.answer("change_session", {})
    web = looking(house, Role.PARTY_SCHOOL)
    page = web.get(f"/console/terms/{TERM}/timetable").text
    assert "data-movable" in page
    assert "教室同时有两场课" in page
    assert 'class="session lecture broken"' in page
    answer = change(web, "move", session_id="s1", on="2020-05-12", half="afternoon")
    assert (answer.status_code, answer.location) == (303, f"/console/terms/{TERM}/timetable")
    [(request, context)] = [(asked, by) for _, name, asked, by in house.rpc.calls if name == "change_session"]
    assert request == {"term_id": TERM, "session_id": "s1", "on": "2020-05-12", "half": "afternoon"}
    assert context.command_id.endswith("/o1")


def test_a_refused_change_is_told_and_others_only_look(house: House) -> None:
    house.rpc.fail("issue_timetables", Conflict("仍有违反规则之处", "still broken"))
    web = looking(house, Role.PARTY_SCHOOL)
    answer = change(web, "issue", reason="教师出差")
    assert (answer.status_code, "仍有违反规则之处" in answer.text) == (409, True)
    assert next(asked for _, name, asked, _ in house.rpc.calls if name == "issue_timetables") == {
        "term_ids": [TERM],
        "reason": "教师出差",
    }
    assert change(web, "explode").status_code == 404
    token = web.environ_base["HTTP_X_CSRF_TOKEN"]
    web.environ_base["HTTP_X_CSRF_TOKEN"] = "guess"
    assert web.post(f"/console/terms/{TERM}/timetable/drop", data={"csrf_token": token}).status_code == 403


def test_the_department_looks_at_the_draft_and_cannot_change_it(house: House) -> None:
    web = looking(house, Role.ORGANISATION_DEPARTMENT)
    assert "data-movable" not in web.get(f"/console/terms/{TERM}/timetable").text
    assert change(web, "move", session_id="s1", on="2020-05-12", half="morning").status_code == 403
    assert "change_session" not in {name for _, name, *_ in house.rpc.calls}
