"""The timetable as a workbook: in the usual layout, what changed marked; and a term's files for its archive."""

from __future__ import annotations

import base64
import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from services.scheduling.contract import CANCEL_TERM, MOVE_TERM
from services.scheduling.contract import timetables as contract
from services.scheduling.store import TERMS
from services.scheduling.timetable_workbook import timetable_workbook
from shared.errors import Forbidden, NotFound
from shared.security.caller import service_caller
from shared.storage import Transaction
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.teaching import DEPARTMENT, lecturer_caller, unit_caller
from tests.integration.scheduling.test_timetables import Desk


def heights(table: dict[str, Any]) -> list[float]:
    """Return the heights of the title, the line below it, and the last remark."""
    page = load_workbook(io.BytesIO(timetable_workbook(table, [], frozenset()))).active
    return [page.row_dimensions[row].height for row in (1, 2, page.max_row)]


@pytest.fixture
def desk(school: School) -> Desk:
    return Desk(school)


def page_of(reply: dict[str, Any]) -> Any:
    return load_workbook(io.BytesIO(base64.b64decode(reply["content"]))).active


def shown(desk: Desk, **changes: Any) -> Any:
    return page_of(desk.school.call(contract.GET_TIMETABLE_FILE, {"term_id": desk.term_ids[0], **changes}))


def column(page: Any, number: int) -> list[Any]:
    return [value for (value,) in page.iter_rows(min_col=number, max_col=number, values_only=True) if value]


def test_the_timetable_is_laid_out_as_it_is_printed(desk: Desk) -> None:
    desk.invite("wen", 0)
    desk.open()
    desk.issue()
    reply = desk.school.call(contract.GET_TIMETABLE_FILE, {"term_id": desk.term_ids[0]}, caller=unit_caller("city.a"))
    assert reply["filename"] == "第1专题培训班第1期日程表（第1版）.xlsx"
    page = page_of(reply)
    assert column(page, 1) == [
        "“第1专题培训班”第1期日程表",
        "时间：5月11日至5月15日　　地点：主校区　教室r1　东湖路1号　　人数：30人",
        "日期",
        "5月10日\n星期日",
        "5月11日\n星期一",
        "5月12日\n星期二",
        "合计14学时。第1版（现行版），2020-03-02下达。",
    ]
    assert column(page, 3)[1:3] == ["14:00—18:00", "08:30—12:00"]
    assert column(page, 4)[2:4] == ["【专题学习】治理现代化", "【专题学习】治理现代化"]
    assert column(page, 6) == ["授课教师", "教师wen\n市委党校", "教师wen\n市委党校"]
    assert "A5:A6" in {str(area) for area in page.merged_cells.ranges}
    assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$1:$3")


def test_a_later_version_marks_what_it_changed_and_an_earlier_one_says_it_is_replaced(desk: Desk) -> None:
    desk.open()
    desk.issue()
    draft = desk.open(source="issued")
    desk.change(draft["sessions"][3], on="2020-05-13", half="morning")
    desk.issue(reason="=教室维修")
    page = shown(desk)
    marked = [row[3].value for row in page.iter_rows() if row[3].fill.start_color.rgb == "FFFFF2CC"]
    assert marked == ["【专题学习】自学"]
    assert column(page, 1)[-2:] == ["本版说明：=教室维修", "带底色的课次为本版新增或调整。"]
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    earlier = column(shown(desk, number=1), 1)
    assert earlier[-1] == "合计14学时。第1版（已被新版取代），2020-03-02下达。"


def test_a_table_that_lies_off_its_terms_days_says_so(desk: Desk) -> None:
    desk.open(1)
    desk.issue(1)
    desk.school.call(MOVE_TERM, {"term_id": desk.term_ids[1], "starts_on": "2020-05-18", "room_id": "r2"})
    stale = column(shown(desk, term_id=desk.term_ids[1]), 1)
    assert stale[-1] == "注意：本期时间已调整，本表不再适用，请以新下达的日程表为准。"
    assert "时间：5月11日至5月12日" in stale[1]
    assert "5月17日\n星期日" not in stale


def test_a_term_held_online_prints_neither_a_campus_nor_a_day_to_report(desk: Desk) -> None:
    desk.open()
    desk.issue()
    assert desk.shown()["delivery"] == "campus"

    def go_online(tx: Transaction) -> dict[str, Any]:
        tx.rows(TERMS).save({**tx.rows(TERMS).get(desk.term_ids[0]), "delivery": "online"})
        return {}

    context = desk.school.harness.kit.own_context()
    desk.school.harness.store.transact(context, go_online, operation="go_online")
    assert desk.shown()["delivery"] == "online"
    first = column(shown(desk), 1)
    assert first[1] == "时间：5月11日至5月15日　　地点：线上举办　　人数：30人"
    assert first[3] == "5月11日\n星期一", "nobody reports on the day before"


def test_a_version_names_the_rooms_that_its_own_sessions_lie_in(desk: Desk) -> None:
    desk.open(1)
    desk.issue(1)
    term = {"term_id": desk.term_ids[1]}
    assert "地点：主校区　教室r2　东湖路1号" in column(shown(desk, **term), 1)[1]
    desk.school.call(MOVE_TERM, {**term, "starts_on": "2020-05-11", "room_id": "hall"})
    moved = column(shown(desk, **term), 1)
    assert moved[1] == "时间：5月11日至5月12日　　地点：教室r2　　人数：30人"
    assert moved[-1] == "注意：教室已调整，本表不再适用，请以新下达的日程表为准。"
    desk.issue(1)
    assert "地点：教室r2　" in column(shown(desk, **term, number=1), 1)[1]
    assert "地点：主校区　教室hall　东湖路1号" in column(shown(desk, **term), 1)[1]


def test_the_table_of_a_cancelled_term_says_that_it_is_cancelled_and_nothing_of_reporting(desk: Desk) -> None:
    desk.open()
    desk.issue()
    desk.school.call(CANCEL_TERM, {"term_id": desk.term_ids[0], "reason": "停办"})
    first = column(shown(desk), 1)
    assert (first[3], first[-1]) == ("5月11日\n星期一", "注意：本期已取消，本表不再适用。")


def test_what_goes_over_the_whole_width_gets_a_line_for_each_line_it_needs(desk: Desk) -> None:
    desk.open()
    desk.issue()
    plain = {**desk.shown(), "issued_at": datetime.fromisoformat(desk.shown()["issued_at"]), "reason": "增加"}
    assert heights(plain) == [34, 22, 20]
    # No more than 46 characters of the title and 67 of a text go into a line; Excel takes no row above 409 points.
    title, place, reason = heights(
        {**plain, "programme_title": "专" * 200, "campus_title": "校" * 200, "reason": "因" * 500}
    )
    assert (title >= 5 * 20, place >= 4 * 15, reason >= 8 * 15, max(title, place, reason) <= 409) == (True,) * 4
    assert heights({**plain, "campus_address": "路" * 3000})[1] == 409


def test_days_without_teaching_stand_in_the_table(desk: Desk) -> None:
    desk.open()
    desk.issue()
    table = desk.shown()
    table["issued_at"] = datetime.fromisoformat(table["issued_at"])
    content = timetable_workbook(table, [date(2020, 5, 13)], frozenset())
    page = load_workbook(io.BytesIO(content)).active
    assert [row[3].value for row in page.iter_rows() if row[0].value == "5月13日\n星期三"] == ["休息（不安排课程）"]


def test_lecturers_see_the_file_of_terms_they_teach_and_nobody_one_that_was_never_issued(desk: Desk) -> None:
    with pytest.raises(NotFound):
        shown(desk)
    desk.invite("wen", 0)
    desk.open()
    desk.issue()
    asked = {"term_id": desk.term_ids[0]}
    assert desk.school.call(contract.GET_TIMETABLE_FILE, asked, caller=lecturer_caller("wen"))["content"]
    with pytest.raises(NotFound):
        desk.school.call(contract.GET_TIMETABLE_FILE, asked, caller=lecturer_caller("qiu"))


def test_the_archive_gets_the_scheme_and_every_version_of_the_timetable(desk: Desk) -> None:
    desk.open()
    desk.issue()
    desk.change(desk.open(source="issued")["sessions"][3], on="2020-05-13", half="morning")
    desk.issue()
    asked, service = {"term_id": desk.term_ids[0]}, service_caller("compliance")
    files = desk.school.call(contract.EXPORT_SCHEDULING_FILES, asked, caller=service)["files"]
    assert [(each["name"], each["item"]) for each in files] == [
        ("培训方案.xlsx", "scheme"),
        ("日程表/第1版.xlsx", "timetable"),
        ("日程表/第2版.xlsx", "timetable"),
    ]
    scheme = page_of(files[0])
    assert column(scheme, 2) == ["课程", "治理现代化", "现场教学", "自学", "金额（元）", 20000, 31200, 51200]
    assert desk.school.call(contract.EXPORT_SCHEDULING_FILES, {"term_id": "term_no"}, caller=service) == {"files": []}
    with pytest.raises(Forbidden):
        desk.school.call(contract.EXPORT_SCHEDULING_FILES, asked, caller=DEPARTMENT)
