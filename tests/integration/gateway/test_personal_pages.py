"""The pages behind a personal link: what they show, what they do, and that the link leaks nowhere."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway.app import create_app
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
from shared.security.links import PersonalLinks
from shared.storage import Store
from tests.integration.gateway.conftest import SETTINGS, House
from tests.unit.gateway import person
from tests.unit.gateway.fakes import FakeRpc


@pytest.fixture
def house(make_store: Callable[..., Store]) -> House:
    clock = SettableClock(datetime(2020, 6, 1, 2, 0, tzinfo=UTC))
    store = make_store(SCHEMA, clock=clock)
    rpc = FakeRpc()
    person.answer_for_a_trainee(rpc)
    person.answer_for_a_lecturer(rpc)
    contracts = [SCHEDULING, ENROLLMENT, COMPLIANCE, OUTCOMES, NOTIFICATION]
    parts = put_together(SETTINGS, contracts, rpc, store, clock)
    return House(store, clock, rpc, parts, create_app(parts))


def token(role: Role = Role.TRAINEE, identifier: str = "nom_1") -> str:
    return PersonalLinks(SETTINGS.secrets).issue(role, identifier, timedelta(days=30))


def come(house: House, role: Role = Role.TRAINEE, identifier: str = "nom_1") -> FlaskClient:
    web = house.client()
    assert web.get(f"/my/{token(role, identifier)}").status_code == 303
    return web


def send(web: FlaskClient, act: str, **fields: Any) -> TestResponse:
    page = web.get("/my").text
    found = re.search(r'name="csrf_token" value="([0-9a-f]{64})"', page)
    assert found is not None
    form = {"csrf_token": found[1], "once": "o1", **fields}
    return web.post(f"/my/acts/{act}", data=form, content_type="multipart/form-data" if "file" in fields else None)


def test_the_link_is_changed_for_a_cookie_of_these_pages_only(house: House) -> None:
    secret = token()
    answer = house.client().get(f"/my/{secret}")
    assert (answer.status_code, answer.location) == (303, "/my")
    cookie = answer.headers["Set-Cookie"]
    assert {"HttpOnly", "Path=/my", "SameSite=Lax"} <= set(cookie.split("; "))
    assert answer.headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert secret not in answer.text


def test_neither_the_log_nor_the_page_holds_the_link(house: House) -> None:
    secret = token()
    web = house.client()
    with structlog.testing.capture_logs() as logs:
        web.get(f"/my/{secret}")
        page = web.get("/my")
        send(web, "acknowledge-briefing")
    assert secret not in str(logs)
    assert secret.partition(".")[2] not in page.text
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page.text)
    assert page.headers.getlist("Referrer-Policy") == ["no-referrer"]


def test_a_trainee_sees_the_whole_of_the_own_term(house: House) -> None:
    page = come(house).get("/my").text
    for words in ("张三", "推进国家治理体系", "6月8日 星期一 至 6月12日 星期五", "二号楼201", "江组函", "讲政治",
                  "治理现代化", "再请将超过限额", "请提交研究报告", "36</b> / 90"):  # fmt: skip
        assert words in page, words
    asked = {name: context.caller.subject for _, name, _, context in house.rpc.calls}
    assert set(asked.values()) == {"trainee:nom_1"}


@pytest.mark.parametrize(
    ("because", "words"),
    [
        ({"stale_because": "cancelled"}, "本期已取消，以下仅供参考。"),
        ({"stale_because": "days"}, "本期时间已调整，新课表尚未下达，以下仅供参考。"),
        ({"stale_because": "room"}, "教室已调整，请以新下达的课表为准。"),
        pytest.param({}, "本期安排已调整，新课表尚未下达，以下仅供参考。", id="an older release of scheduling"),
    ],
)
def test_a_trainee_is_told_why_the_timetable_no_longer_holds(house: House, because: dict[str, str], words: str) -> None:
    told = house.rpc.answers["get_timetable"]({})
    house.rpc.answer("get_timetable", {**told, "stale": True, **because})
    notices = re.findall(r'<p class="notice">(.*?)</p>', come(house).get("/my").text)
    assert notices == [words]


def test_nobody_is_told_when_to_report_to_a_cancelled_term(house: House) -> None:
    reports = "<dt>报到</dt><dd>6月7日"
    web = come(house)
    assert reports in web.get("/my").text
    house.rpc.answer("get_term", {**house.rpc.answers["get_term"]({}), "state": "cancelled"})
    assert reports not in web.get("/my").text


def test_a_service_that_is_away_costs_its_part_only(house: House) -> None:
    house.rpc.fail("project_my_leave", Unavailable("停机", "away"))
    house.rpc.fail("get_my_briefing", NotFound("还没有", "none yet"))
    page = come(house).get("/my").text
    assert "部分内容暂时无法取得：测算本人可请假学时。" in page
    assert "纪律提醒" not in page.split("要办的事")[1][:60]
    assert "治理现代化" in page


def test_a_form_runs_the_operation_once_under_the_persons_own_name(house: House) -> None:
    house.rpc.answer("request_my_leave", {})
    web = come(house)
    leave = {"first_on": "2020-06-09", "first_half": "morning", "last_on": "2020-06-09", "last_half": "morning",
             "grounds": "illness", "reason": "就医"}  # fmt: skip
    answer = send(web, "request-leave", **leave)
    assert (answer.status_code, answer.location) == (303, "/my?done=request-leave#leave")
    service, name, request, context = house.rpc.calls[-1]
    assert (service, name, request) == ("compliance", "request_my_leave", leave)
    assert (context.command_id, context.caller.subject) == ("trainee:nom_1/o1", "trainee:nom_1")
    assert "请假申请已提交" in web.get("/my?done=request-leave").text


def test_a_refusal_is_told_where_the_form_stands(house: House) -> None:
    house.rpc.fail("request_my_leave", Conflict("该时段没有课次", "no session then"))
    leave = {"first_on": "2020-06-09", "first_half": "morning", "last_on": "2020-06-09", "last_half": "morning",
             "grounds": "illness", "reason": "就医"}  # fmt: skip
    answer = send(come(house), "request-leave", **leave)
    assert answer.status_code == 409
    assert "该时段没有课次" in answer.text.split('id="leave"')[1][:400]
    asked = len([1 for _, name, *_ in house.rpc.calls if name == "request_my_leave"])
    bad = send(come(house), "request-leave", **{**leave, "first_on": "tomorrow"})
    assert bad.status_code == 422
    assert len([1 for _, name, *_ in house.rpc.calls if name == "request_my_leave"]) == asked


def test_a_file_goes_up_and_times_are_the_citys(house: House) -> None:
    house.rpc.answer("file_report_version", {})
    house.rpc.answer("declare_my_travel", {})
    web = come(house)
    assert send(web, "upload-report", title="治理研究", file=(io.BytesIO(b"%PDF-1.7 x"), "报告.pdf")).status_code == 303
    assert house.rpc.request == {"title": "治理研究", "file": "JVBERi0xLjcgeA==", "filename": "报告.pdf"}
    times = {"departs_at": "2020-06-07T08:00", "arrives_by": "2020-06-07T11:30"}
    assert send(web, "declare-travel", leg="out", reason="家在外地", **times).status_code == 303
    assert house.rpc.request["departs_at"] == "2020-06-07T08:00:00+08:00"
    assert send(web, "declare-travel", leg="out", reason="x", departs_at="soon", arrives_by="later").status_code == 422


def test_a_form_of_another_site_or_another_person_does_nothing(house: House) -> None:
    house.rpc.answer("acknowledge_my_briefing", {})
    web = come(house)
    assert web.post("/my/acts/acknowledge-briefing", data={}).status_code == 403
    other = send(come(house, identifier="nom_2"), "acknowledge-briefing")
    assert other.status_code == 303
    stolen = re.search(r'name="csrf_token" value="([0-9a-f]{64})"', come(house, identifier="nom_2").get("/my").text)
    assert stolen is not None
    assert web.post("/my/acts/acknowledge-briefing", data={"csrf_token": stolen[1]}).status_code == 403
    page = web.get("/my").text
    own = re.search(r'name="csrf_token" value="([0-9a-f]{64})"', page)
    assert own is not None
    foreign = {"Origin": "https://evil.example"}
    answer = web.post("/my/acts/acknowledge-briefing", data={"csrf_token": own[1]}, headers=foreign)
    assert answer.status_code == 403


def test_a_false_old_or_revoked_link_opens_nothing_and_takes_the_cookie_back(house: House) -> None:
    web = house.client()
    answer = web.get("/my/dxl_wrong")
    assert (answer.status_code, "链接无效或已过期" in answer.text) == (401, True)
    assert web.get("/my").status_code == 401
    web = come(house)
    school = house.client(house.key(Role.PARTY_SCHOOL))
    revoke = {"role": "trainee", "identifier": "nom_1"}
    assert school.post("/api/v1/personal-links/revocations", json=revoke).status_code == 200
    assert web.get("/my").status_code == 401
    assert house.client().get("/my", headers={"Cookie": f"diaoxun-my={house.key(Role.UNIT)}"}).status_code == 401


def test_a_link_does_not_open_the_console_and_acts_of_the_other_kind_are_refused(house: House) -> None:
    web = come(house)
    assert web.get("/console").status_code == 302
    assert send(web, "answer-invitation", invitation_id="inv_1", answer="confirm").status_code == 403
    assert send(web, "delete-everything").status_code == 404


def test_a_lecturer_sees_invitations_sessions_and_questions_and_answers(house: House) -> None:
    house.rpc.answer("answer_invitation", {})
    house.rpc.answer("answer_question", {})
    web = come(house, Role.LECTURER, "wen")
    page = web.get("/my").text
    for words in ("文教授", "确认授课", "推荐替代教师", "治理现代化", "基层治理怎么考核", "讲课费"):
        assert words in page, words
    assert send(web, "answer-invitation", invitation_id="inv_1", answer="confirm", reason="").status_code == 303
    assert house.rpc.request == {"invitation_id": "inv_1", "answer": "confirm"}
    told = {"handover_id": "han_1", "cluster_id": "c1", "outcome": "answered", "text": "按权责清单"}
    assert send(web, "answer-question", **told).status_code == 303
    assert house.rpc.request == told


def test_a_lecturer_sees_a_question_of_a_session_that_is_gone_and_an_invitation_to_a_term_without_days(
    house: House,
) -> None:
    handover = house.rpc.answers["get_handover"]({})
    gone = {**handover["items"][0], "session_title": "已调整的课次", "session_on": None}
    house.rpc.answer("get_handover", {**handover, "items": [gone, handover["items"][1]]})
    first, second = house.rpc.answers["list_own_invitations"]({})["items"]
    undated = {**second, "invitation_id": "inv_3", "course_title": "应急管理", "starts_on": None, "ends_on": None}
    house.rpc.answer("list_own_invitations", {"items": [undated, first, second]})
    page = come(house, Role.LECTURER, "wen").get("/my")
    assert page.status_code == 200
    assert "6 人提出 · 已调整的课次</span>" in page.text
    assert "1 人提出 · 治理现代化 6月8日 星期一</span>" in page.text
    assert page.text.count("时间待定") == 1
    places = [page.text.index(f"<b>{title}</b>") for title in ("治理现代化", "应急管理", "依法行政")]
    assert places == sorted(places)


@pytest.mark.parametrize("score", ["²", "①", "9" * 5000, "八十"])
def test_a_score_that_is_no_number_is_refused_in_words(house: House, score: str) -> None:
    house.rpc.answer("return_review", {})
    web = come(house, Role.LECTURER, "wen")
    told = {"review_id": "rev_1", "comment": "论据充分，建议可行，可以提交有关部门参考。"}
    answer = send(web, "return-review", **told, **{"score.depth": score})
    assert (answer.status_code, "return_review" in {each[1] for each in house.rpc.calls}) == (422, False)
    assert send(web, "return-review", **told, **{"score.depth": "85"}).status_code == 303
    assert house.rpc.request["scores"] == [{"criterion": "depth", "score": 85}]


def test_the_own_letter_is_fetched_and_nobody_elses_kind(house: House) -> None:
    file = {"filename": "通知书.pdf", "media_type": "application/pdf", "content": "JVBERi0="}
    house.rpc.answer("get_letter_file", file)
    web = come(house)
    answer = web.get("/my/files/letter/let_1")
    assert (answer.data, answer.headers["Cache-Control"]) == (b"%PDF-", "no-store")
    assert web.get("/my/files/review/r1").status_code == 403
    assert web.get("/my/files/secrets/x").status_code == 404


def test_a_calendar_address_is_shown_once(house: House) -> None:
    house.rpc.answer("issue_own_feed", {"token": "t0k", "path": "/feeds/t0k.ics"})
    web = come(house)
    answer = send(web, "subscribe")
    assert "http://localhost/feeds/t0k.ics" in answer.text
    assert "webcal://localhost/feeds/t0k.ics" in answer.text
    assert "t0k" not in web.get("/my").text


def test_leaving_ends_the_visit_on_this_device(house: House) -> None:
    web = come(house)
    assert "已离开本页" in web.post("/my/leave-page").text
    assert web.get("/my").status_code == 401
