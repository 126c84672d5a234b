"""Reading the rows of imported tables: headings found, cells read or refused with words that repeat nothing."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.contract.lecturers import PutLecturer
from services.scheduling.domain.import_columns import (
    COURSES,
    FAILED,
    LECTURERS,
    ROOMS,
    UNCALCULATED,
    Unfit,
    email,
    flag,
    several,
    text_of,
    whole,
)
from services.scheduling.domain.import_rows import (
    HeadingMissing,
    doubled,
    example_rows,
    find_heading,
    read_rows,
    unread,
)
from shared.contracts.schema import load
from shared.errors import Invalid

PERSON = {"lecturer_id": "wen", "name": "文振华", "grade": "full", "organisation": "市委党校"}
HEAD = ("编号*", "姓名*", "职称等级（必填）", " 单 位 ", "专长", "电话")


def read(*rows: tuple[Any, ...], columns: Any = LECTURERS, head: tuple[Any, ...] = HEAD) -> Any:
    table = [("师资登记表",), head, *rows]
    return read_rows(columns, find_heading(columns, table), table)


def test_the_heading_is_found_below_a_title_however_it_is_decorated() -> None:
    (row,), wrong = read(("wen", "文振华", "正高级", "党校", "治理、党建", 13800001111.0))
    assert wrong == []
    assert (row.row, row.values) == (
        3,
        {
            "lecturer_id": "wen",
            "name": "文振华",
            "grade": "full",
            "organisation": "党校",
            "expertise": ["治理", "党建"],
            "phone": "13800001111",
        },
    )


@pytest.mark.parametrize("columns", [LECTURERS, ROOMS, COURSES])
def test_the_example_of_the_blank_form_is_no_row_and_one_cell_changed_makes_it_one(columns: Any) -> None:
    head = tuple(each.title for each in columns)
    example: tuple[Any, ...] = tuple(each.example or None for each in columns)
    numbers = tuple(float(each) if each and each.isdigit() else each for each in example)
    other = ("another", *example[1:]) if columns != COURSES else ("2", *example[1:])
    table = [head, example, other, numbers, example[::-1]]
    heading = find_heading(columns, table)
    read_again, _ = read_rows(columns, heading, table)
    assert [each.row for each in read_again] == [3, 5]
    assert example_rows(columns, heading, table) == [2, 4]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(HeadingMissing) as fault:
        find_heading(ROOMS, [("编号", "名称", "容量")])
    assert fault.value.missing == ("校区编号",)


def test_every_wrong_cell_is_told_and_none_repeated() -> None:
    _, wrong = read(
        ("文老师", None, "教授", "党校", None, "call 13800001111"), (None,) * 6, ("li", "李", "副高级", "大学")
    )
    assert [(each.row, each.column) for each in wrong] == [
        (3, "编号"),
        (3, "姓名"),
        (3, "职称等级"),
        (3, "电话"),
    ]
    assert wrong[1].zh == "未填写"
    assert wrong[2].zh == "只能填写：中级及以下、副高级、正高级、院士、全国知名专家"
    assert not any("13800001111" in each.zh + each.en for each in wrong)


def test_a_key_may_stand_once() -> None:
    rows, _ = read(("wen", "文", "正高级", "党校"), ("li", "李", "正高级", "党校"), ("wen", "温", "正高级", "党校"))
    assert [(each.row, each.zh) for each in doubled(rows, LECTURERS[0])] == [(5, "与第3行重复")]


@pytest.mark.parametrize(("cell", "hours"), [(1, 1), (200, 200), ("４", 4), (4.0, 4)])
def test_whole_numbers_on_the_edge(cell: object, hours: int) -> None:
    assert whole(1, 200)(cell) == hours


@pytest.mark.parametrize("cell", [0, 201, 4.5, "四", "-1", True, ""])
def test_what_is_no_whole_number_within_bounds(cell: object) -> None:
    with pytest.raises(Unfit):
        whole(1, 200)(cell)


def test_yes_no_and_lists() -> None:
    assert [flag(each) for each in ("是", "√", "Y", "否", 0, False)] == [True, True, True, False, False, False]
    with pytest.raises(Unfit):
        flag("也许")
    assert several("治理，党建; 治理\n金融") == ["治理", "党建", "金融"]
    with pytest.raises(Unfit):
        several("、；")


CELLS = st.one_of(st.none(), st.text(max_size=130), st.integers(), st.floats(), st.booleans(), st.datetimes())


@given(st.lists(CELLS, min_size=11, max_size=11))
def test_what_the_columns_take_the_contract_takes(cells: list[object]) -> None:
    head = tuple(each.title for each in LECTURERS)
    rows, wrong = read_rows(LECTURERS, find_heading(LECTURERS, [head]), [head, tuple(cells)])
    for row in rows if not wrong else ():
        contact = {name: row.values[name] for name in ("phone", "fax") if name in row.values}
        fields = {name: value for name, value in row.values.items() if name not in ("phone", "fax", "email")}
        assert load(PutLecturer(), {**fields, "contact": contact})["name"] == text_of(cells[1])


def test_a_course_needs_programme_module_title_and_hours() -> None:
    (row,), wrong = read((1, "理论", "治理", 4, "研讨"), columns=COURSES, head=("班次", "模块", "课程", "学时", "形式"))
    assert wrong == []
    assert row.values == {"programme_ordinal": 1, "module": "理论", "title": "治理", "hours": 4, "form": "discussion"}


def test_other_usual_headings_fill_a_column_and_unknown_ones_are_named() -> None:
    head = (*HEAD[:4], "联系电话", "E-mail", "序号", "备注", "空列")
    table = [head, ("wen", "文振华", "正高级", "党校", "13800001111", "wen@example.cn", 1, "常任", " ")]
    heading = find_heading(LECTURERS, table)
    (row,), wrong = read_rows(LECTURERS, heading, table)
    assert (row.values["phone"], row.values["email"], wrong) == ("13800001111", "wen@example.cn", [])
    assert unread(heading, table) == ("序号", "备注")


def test_a_heading_over_two_rows_is_read_to_its_end() -> None:
    table = [
        ("编号", "姓名", "职称等级", "单位", "联系方式", "联系方式"),
        ("编号", "姓名", "职称等级", "单位", "电话", "邮箱"),
        ("wen", "文振华", "正高级", "党校", "13800001111", None),
    ]
    heading = find_heading(LECTURERS, table)
    (row,), _ = read_rows(LECTURERS, heading, table)
    assert (heading.row, row.row, row.values["phone"]) == (2, 3, "13800001111")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (FAILED, "公式出错"),
        (UNCALCULATED, "没有计算结果"),
        (datetime(2026, 3, 12), "被Excel识别成日期"),
        (time(8, 30), "被Excel识别成日期"),
    ],
)
def test_a_cell_that_is_not_what_its_sender_sees_is_told(cell: object, words: str) -> None:
    (row,), (wrong,) = read(("wen", "文振华", "正高级", cell))
    assert "organisation" not in row.values
    assert (wrong.row, wrong.column) == (3, "单位")
    assert words in wrong.zh


@pytest.mark.parametrize("address", ["a..b@qq.com", "wen.@163.com", "a,b@163.com", "<wen@163.com>", "wen@163"])
def test_what_is_no_address_is_refused_here_as_by_the_register(address: str) -> None:
    with pytest.raises(Unfit):
        email(address)
    with pytest.raises(Invalid):
        load(PutLecturer(), {**PERSON, "contact": {"email": address}})


@given(st.emails())
def test_what_is_taken_for_an_address_the_register_takes(address: str) -> None:
    try:
        found = email(address)
    except Unfit:
        return
    load(PutLecturer(), {**PERSON, "contact": {"email": found}})
