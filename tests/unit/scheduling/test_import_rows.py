"""Reading the rows of imported tables: headings found, cells read or refused with words that repeat nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.contract.lecturers import PutLecturer
from services.scheduling.domain.import_columns import COURSES, LECTURERS, ROOMS, Unfit, flag, several, text_of, whole
from services.scheduling.domain.import_rows import HeadingMissing, doubled, example_rows, find_heading, read_rows
from shared.contracts.schema import load

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
