"""Timetables on the page: nothing is cut, nothing runs over, and nothing stands without its date and its head row."""

from __future__ import annotations

import io
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from services.notification.commands.press import Press
from services.notification.domain.timetable_page import timetable_page
from tests.unit.notification.sample_letters import Word, words

MONDAY = date(2020, 5, 11)
LAST_LINE, LEFT, RIGHT = 297 - 18, 12, 210 - 12
# Where columns end, in mm from the left edge of the sheet.
COURSE, LECTURER, PLACE = 122, 147, 171
LONG = "深入学习贯彻党的十九届四中全会精神，加快推进市域社会治理现代化，着力防范化解重大风险——以一核多元为例"
SCHOOL = "中共江城市委党校（江城行政学院、江城市社会主义学院）公共管理教研部"


def session(day: int, starts_at: str, title: str, **more: Any) -> dict[str, Any]:
    half = "morning" if starts_at < "12:00" else "afternoon" if starts_at < "18:00" else "evening"
    plain = {
        "on": MONDAY + timedelta(day),
        "half": half,
        "starts_at": starts_at,
        "ends_at": f"{starts_at[:3]}{int(starts_at[3:]) + 5:02}",
        "form": "lecture",
        "title": title,
        "lecturer_name": "文振华",
        "lecturer_organisation": "市委党校",
        "room_title": "第一报告厅",
        "hours": 1,
        "host": None,
        "joint_id": None,
    }
    return {**plain, **more}


def timetable(*sessions: dict[str, Any], **more: Any) -> dict[str, Any]:
    plain = {
        "programme_title": "推进治理现代化专题培训班",
        "ordinal": 1,
        "starts_on": MONDAY,
        "ends_on": MONDAY + timedelta(4),
        "reports_on": MONDAY - timedelta(1),
        "reports_from": "14:00",
        "reports_until": "18:00",
        "room_title": "第一报告厅",
        "campus_title": "主校区",
        "delivery": "campus",
        "number": 1,
        "in_force": True,
        "stale": False,
        "stale_because": None,
        "sessions": list(sessions),
        "total_hours": len(sessions),
    }
    return {**plain, **more}


def day_of(count: int, day: int = 0, title: str = LONG) -> list[dict[str, Any]]:
    times = [f"{hour:02}:{minute:02}" for hour in (8, 9, 10, 14, 15, 16, 19) for minute in range(0, 60, 10)]
    at = [times[number * len(times) // count] for number in range(count)]
    return [session(day, each, f"{title}之{number:02}", lecturer_organisation=SCHOOL) for number, each in enumerate(at)]


def printed(table: dict[str, Any]) -> bytes:
    return Press().timetable(timetable_page(table), date(2020, 4, 1))


def pages_of(table: dict[str, Any], folder: Path) -> list[list[Word]]:
    """Return the words of each page, the foot line left out; whatever leaves the text block is a failure."""
    pages = words(printed(table), folder)
    for page in pages:
        foot = [word for word in page if word.top > LAST_LINE]
        assert {word.text[0] for word in foot} == {"第"}, "something stands in the foot line or below it"
        assert min(word.left for word in page) >= LEFT - 0.5
        assert max(word.right for word in page) <= RIGHT + 0.5
    return [[word for word in page if word.bottom < LAST_LINE + 0.5] for page in pages]


def text_of(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def from_above(page: list[Word]) -> list[Word]:
    return sorted(page, key=lambda word: word.top)


def dates_on(page: list[Word]) -> list[str]:
    return [word.text for word in from_above(page) if word.text.startswith("5月") and word.left < 28]


def times_on(page: list[Word]) -> list[str]:
    return [word.text[:5] for word in from_above(page) if "—" in word.text and ":" in word.text]


@pytest.mark.parametrize(("count", "title"), [(8, LONG), (8, LONG * 2), (40, (LONG * 4)[:197])])
def test_a_day_higher_than_a_page_goes_on_with_its_date_and_the_head_row(
    count: int, title: str, tmp_path: Path
) -> None:
    table = timetable(*day_of(count, title=title), session(1, "08:30", "自学"))
    pages = pages_of(table, tmp_path)
    assert len(pages) > 1
    shown = [times_on(page) for page in pages]
    assert all(shown), "a page holds no session"
    assert list(chain(*shown)) == [each["starts_at"] for each in table["sessions"]]
    assert [[word.text for word in page].count("日期") for page in pages] == [1] * len(pages)
    assert all({"上午", "下午", "晚上"} & {word.text for word in page} for page in pages)
    assert [dates_on(page) for page in pages] == [["5月11日"]] * (len(pages) - 1) + [["5月11日", "5月12日"]]
    text = text_of(printed(table))
    assert all(each["title"] in text for each in table["sessions"])


def test_a_day_that_a_page_holds_keeps_together(tmp_path: Path) -> None:
    table = timetable(*day_of(4, 0), *day_of(5, 1), *day_of(4, 2))
    pages = pages_of(table, tmp_path)
    assert [dates_on(page) for page in pages] == [["5月11日"], ["5月12日"], ["5月13日"]]
    assert [len(times_on(page)) for page in pages] == [4, 5, 4]


def test_a_day_that_only_the_second_page_would_hold_begins_on_the_first(tmp_path: Path) -> None:
    day = day_of(6)
    assert [len(times_on(page)) for page in pages_of(timetable(*day), tmp_path)] == [6]
    pages = pages_of(timetable(*day, programme_title="专题培训班" * 40), tmp_path)
    assert [dates_on(page) for page in pages] == [["5月11日"], ["5月11日"]]
    assert sum(len(times_on(page)) for page in pages) == 6


def test_what_is_higher_than_a_page_by_itself_is_not_cut_either(tmp_path: Path) -> None:
    tall = session(0, "08:30", "课程", room_title="综合楼" * 150)
    table = timetable(tall, session(0, "14:30", "自学"))
    pages_of(table, tmp_path)
    assert text_of(printed(table)).count("综") == 150


def test_an_ordinary_week_is_a_page_that_names_each_day_once(tmp_path: Path) -> None:
    rows = [session(day, at, "治理现代化") for day in range(5) for at in ("08:30", "14:30")]
    (page,) = pages_of(timetable(*rows), tmp_path)
    assert dates_on(page) == ["5月11日", "5月12日", "5月13日", "5月14日", "5月15日"]


def test_a_long_word_breaks_inside_its_column_and_can_still_be_found(tmp_path: Path) -> None:
    row = session(
        0, "08:30", "x" * 60, lecturer_name="Wolfeschlegelsteinhausen", room_title="Room-ABCDEFGHIJKLMNOP-101"
    )
    plain = session(0, "14:30", "Smart Cities and Environmental Governance", room_title="教室")
    table = timetable(row, plain, programme_title="W" * 150, campus_title="y" * 150)
    (page,) = pages_of(table, tmp_path)
    for start, edge in (("xxx", COURSE), ("Wolf", LECTURER), ("EFG", PLACE)):
        assert all(word.right <= edge for word in page if word.text.startswith(start))
    assert {"Cities", "Environmental", "Governance"} <= {word.text for word in page}, "words that fit stay whole"
    text = text_of(printed(table))
    assert all(said in text for said in (row["title"], row["lecturer_name"], row["room_title"], "W" * 150, "y" * 150))


@pytest.mark.parametrize("count", [18, 19, 20])
def test_the_hours_in_all_never_stand_on_a_page_by_themselves(count: int, tmp_path: Path) -> None:
    rows = [session(number // 2, "14:30" if number % 2 else "08:30", "治理现代化") for number in range(count)]
    last = pages_of(timetable(*rows), tmp_path)[-1]
    assert f"共{count}学时" in {word.text for word in last}
    assert times_on(last)
