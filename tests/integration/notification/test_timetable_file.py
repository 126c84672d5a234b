"""A term's timetable as PDF: what the page shows, and from where."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from services.notification import contract
from shared.errors import NotFound, Unavailable
from shared.security.caller import Caller, Role
from tests.fixtures.store import MakeStore
from tests.integration.notification.notification_city import TERM, City


def session(on: str, half: str, starts_at: str, title: str, **more: Any) -> dict[str, Any]:
    plain = {
        "session_id": f"session_{on}_{starts_at}",
        "course_id": "course_1",
        "module": "理论武装",
        "title": title,
        "form": "lecture",
        "on": on,
        "half": half,
        "starts_at": starts_at,
        "ends_at": "11:40",
        "hours": 4,
        "lecturer_id": "lecturer_1",
        "lecturer_name": "陈明",
        "lecturer_organisation": "江城大学",
        "room_id": "hall-1",
        "room_title": "一号楼报告厅",
        "joint_id": None,
        "host": None,
    }
    return {**plain, **more}


def timetable(*sessions: dict[str, Any], **more: Any) -> dict[str, Any]:
    plain = {
        "term_id": TERM,
        "plan_id": "plan_1",
        "programme_title": "推进治理现代化专题培训班",
        "programme_ordinal": 2,
        "ordinal": 1,
        "kind": "training",
        "starts_on": "2020-06-08",
        "ends_on": "2020-06-12",
        "days": 5,
        "capacity": 50,
        "reports_on": "2020-06-07",
        "reports_from": "14:00",
        "reports_until": "18:00",
        "room_title": "一号楼报告厅",
        "campus_title": "市委党校主校区",
        "campus_address": None,
        "number": 2,
        "in_force": True,
        "stale": False,
        "issued_at": "2020-05-20T01:00:00+00:00",
        "issued_by": "acct_school",
        "reason": None,
        "total_hours": 8,
        "sessions": list(sessions),
    }
    return {**plain, **more}


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    return City(make_store, tmp_path)


def page(city: City, caller: Caller | None = None) -> tuple[str, bytes]:
    file = city.harness.call(contract.GET_TIMETABLE_FILE, {"term_id": TERM}, caller=caller)
    pdf = base64.b64decode(file["content"])
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages)
    return "".join(text.split()), pdf


@pytest.mark.parametrize(("more", "at"), [({}, True), ({"delivery": "campus"}, True), ({"delivery": "online"}, False)])
def test_a_term_held_online_shows_neither_a_campus_nor_a_day_to_report(
    city: City, more: dict[str, str], at: bool
) -> None:
    city.timetables[TERM] = timetable(session("2020-06-08", "morning", "08:30", "营商环境", room_title=None), **more)
    text, _ = page(city)
    assert ("市委党校主校区" in text, "报到" in text, "地点：线上举办" in text) == (at, at, not at)


def test_it_shows_the_version_in_force_day_by_day_in_order(city: City) -> None:
    city.timetables[TERM] = timetable(
        session("2020-06-09", "morning", "08:30", "基层治理", host="王主任", joint_id="joint_1"),
        session("2020-06-08", "afternoon", "14:30", "现场课", form="field", lecturer_name=None),
        session("2020-06-08", "morning", "08:30", "营商环境"),
    )
    text, pdf = page(city)
    assert text.index("营商环境") < text.index("现场课") < text.index("基层治理")
    for said in (
        "6月8日",
        "星期一",
        "上午",
        "现场教学",
        "陈明",
        "一号楼报告厅",
        "主持：王主任；合班",
        "共8学时",
        "第2版",
    ):
        assert said in text
    assert page(city)[1] == pdf


@pytest.mark.parametrize(
    ("because", "words"),
    [
        ({"stale_because": "cancelled"}, "本期已取消。"),
        ({"stale_because": "days"}, "本期时间已调整，请以新下达的日程表为准。"),
        ({"stale_because": "room"}, "教室已调整，请以新下达的日程表为准。"),
        pytest.param({}, "本期安排已调整，请以新下达的日程表为准。", id="an older release of scheduling"),
    ],
)
def test_a_table_that_no_longer_holds_says_why_and_nothing_of_where_the_term_is_now(
    city: City, because: dict[str, str], words: str
) -> None:
    lessons = [
        session("2020-05-12", "morning", "08:30", "基层治理", room_title="旧楼201"),
        session("2020-05-11", "morning", "08:30", "营商环境", room_title="旧楼201"),
    ]
    city.timetables[TERM] = timetable(*lessons, stale=True, **because)
    text, _ = page(city)
    assert f"{words}时间：2020年5月11日至5月12日地点：旧楼201日期" in text.replace("第2版第1页，共1页", "")
    assert not [said for said in ("6月", "一号楼", "主校区", "报到") if said in text]


def test_a_version_that_was_replaced_says_so_and_shows_its_own_days_and_rooms(city: City) -> None:
    city.timetables[TERM] = timetable(session("2020-06-09", "morning", "08:30", "营商环境"), in_force=False)
    text, _ = page(city)
    assert "第2版（已被新版替代）" in text
    assert "时间：2020年6月9日地点：一号楼报告厅日期" in text.replace("第2版（已被新版替代）第1页，共1页", "")
    assert ("报到" in text, "已调整" in text) == (False, False)


def test_a_replaced_version_of_a_term_held_online_stays_online(city: City) -> None:
    lesson = session("2020-06-09", "morning", "08:30", "营商环境", room_title=None)
    city.timetables[TERM] = timetable(lesson, in_force=False, delivery="online")
    assert "地点：线上举办" in page(city)[0]
    city.timetables[TERM] = timetable(lesson, in_force=False)
    assert "地点：" not in page(city)[0]
    city.timetables[TERM] = timetable(stale=True, stale_because="cancelled", total_hours=0)
    assert "时间：" not in page(city)[0]


def test_a_timetable_without_sessions_is_a_page_all_the_same(city: City) -> None:
    city.timetables[TERM] = timetable(total_hours=0)
    assert "共0学时" in page(city)[0]


def test_trainees_and_lecturers_may_have_it(city: City) -> None:
    city.timetables[TERM] = timetable(session("2020-06-08", "morning", "08:30", "营商环境"))
    for role in (Role.TRAINEE, Role.LECTURER):
        assert "营商环境" in page(city, Caller(f"{role}:x", frozenset({role})))[0]


def test_without_a_timetable_or_without_scheduling_there_is_none(city: City) -> None:
    with pytest.raises(NotFound):
        page(city)
    city.away.add("scheduling")
    with pytest.raises(Unavailable):
        page(city)


def test_a_character_no_font_has_is_named(city: City) -> None:
    city.timetables[TERM] = timetable(session("2020-06-08", "morning", "08:30", "课\U000e0100程"))
    with pytest.raises(contract.TimetableNotPrintable) as refused:
        page(city)
    assert refused.value.details["characters"] == ["\U000e0100"]
