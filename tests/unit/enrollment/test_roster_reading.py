"""Rosters as units write them: headings, cells, and the term a row names."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.enrollment.domain.citizen_id import check_character
from services.enrollment.domain.eligibility import TermFacts
from services.enrollment.domain.privacy import masked_phone, without_numbers
from services.enrollment.domain.roster import cells
from services.enrollment.domain.roster.columns import SYNONYMS, field_of
from services.enrollment.domain.roster.heading import find_heading, find_headings
from services.enrollment.domain.roster.lines import Line, read_lines
from services.enrollment.domain.roster.terms import TermBook, whole_number
from services.enrollment.domain.sheet import BadCell, Sheet, Unreadable
from services.enrollment.domain.wording import Refusal

TODAY = date(2020, 4, 1)
TITLES = {1: "加强党的政治建设专题培训班", 9: "实施健康中国战略专题培训班", 10: "推进“一带一路” 建设专题研讨班"}
DAY = date(2020, 5, 11)


def term(programme: int, ordinal: int) -> TermFacts:
    return TermFacts(
        f"term_{programme}_{ordinal}",
        f"p{programme}",
        programme,
        TITLES[programme],
        ordinal,
        DAY,
        DAY + timedelta(days=4),
    )


BOOK = TermBook([term(1, 1), term(1, 2), term(9, 1), term(10, 1), term(10, 2)])


def number(serial: int = 1) -> str:
    first = f"42010119800101{serial:03d}"
    return first + check_character(first)


def lines(*rows: Any) -> list[Line]:
    sheet = Sheet("名单", [list(row) for row in rows])
    heading = find_heading(sheet)
    assert heading is not None
    return list(read_lines(sheet, heading, BOOK, TODAY))


def test_a_heading_of_three_rows_below_titles_is_found() -> None:
    sheet = Sheet(
        "名单",
        [
            ["附件1"],
            ["江城市2020年公务员培训参训人员花名册"],
            ["填报单位：东湖区委", None, None, "2020年4月1日"],
            ["序号", "基本情况", "基本情况", "参加班次", "参加班次"],
            ["序号", "姓　名", "公民身份号码（18位）", "班次", "期次"],
            ["序号", None, None, "名称或序号", "第几期"],
            [1, "赵 甲", number(), "1", 2],
        ],
    )
    heading = find_heading(sheet)
    assert heading is not None
    assert heading.columns == {"number": 0, "name": 1, "id_number": 2, "programme": 3, "term": 4}
    assert heading.last_row == 6 or heading.last_row == 5
    [row] = list(read_lines(sheet, heading, BOOK, TODAY))
    assert (row.row, row.entry is not None) == (7, True)


def test_a_sheet_without_a_heading_says_what_it_looked_for() -> None:
    with pytest.raises(Unreadable, match="姓名"):
        find_headings([Sheet("一", [["培训通知"], ["请各单位于4月底前报送"]]), Sheet("空", [])])
    with pytest.raises(Unreadable, match="身份证号") as refusal:
        find_headings([Sheet("名单", [["姓名", "职务"], ["赵甲", "科长"]])])
    assert refusal.value.code == "columns-missing"


@pytest.mark.parametrize(("label", "field"), [(label, field) for field, labels in SYNONYMS.items() for label in labels])
def test_every_synonym_is_recognised_also_spread_and_bracketed(label: str, field: str) -> None:
    assert field_of(f" {'　'.join(label)}（必填）*：") == field


def test_no_heading_stands_for_two_fields() -> None:
    labels = [label for group in SYNONYMS.values() for label in group]
    assert len(labels) == len(set(labels))


def test_blank_rows_notes_signatures_and_repeated_headings_are_passed_over() -> None:
    head = ["姓名", "身份证号", "职务", "班次", "期次"]
    found = lines(
        head,
        [None] * 5,
        ["赵甲", number(1), "科长", "1", "1"],
        ["", " ", "　"],
        head,
        ["钱乙", number(2), "科长", "1", "1"],
        ["合计：2人"],
        ["填表人：李某", "审核人：王某", "联系电话：027-88881234", "2020年4月1日"],
        ["注：1.请于4月底前报送", "注：1.请于4月底前报送", "注：1.请于4月底前报送"],
        ["以上同志均已征求纪检部门意见"] * 5,
        ["单位（盖章）", None, "日期：2020年4月"],
    )
    assert [line.row for line in found] == [3, 6]
    assert all(line.entry for line in found)


def test_a_row_without_its_number_is_in_error_not_passed_over() -> None:
    [row] = lines(["姓名", "身份证号", "职务", "班次", "期次"], ["赵甲", None, "科长", "1", "1"])
    assert row.entry is None
    assert [remark.code for remark in row.remarks] == ["id-missing"]


@pytest.mark.parametrize("value", [4.20101198001010e17, 420101198001010010, "4.20101E+17", "4.20101198001e+17"])
def test_a_number_that_excel_rounded_is_refused_with_advice(value: Any) -> None:
    [row] = lines(["姓名", "身份证号", "班次", "期次"], ["赵甲", value, "1", "1"])
    assert [remark.code for remark in row.remarks] == ["id-rounded"]
    assert "文本" in row.remarks[0].sentence.zh


@pytest.mark.parametrize(
    "value",
    [
        f" {number()} ",
        f"'{number()}",
        f"{number()}\t",
        number()[:6] + " " + number()[6:14] + " " + number()[14:],
        "　".join(number()),
    ],
)
def test_stray_spaces_and_quotes_in_a_number_do_no_harm(value: str) -> None:
    [row] = lines(["姓名", "身份证号", "班次", "期次"], ["赵甲", value, "1", "1"])
    assert row.entry is not None
    assert row.entry.citizen.number == number()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1975.03", (1975, 3)),
        ("1975年3月", (1975, 3)),
        ("1975-03-12", (1975, 3)),
        ("1975/3", (1975, 3)),
        ("197503", (1975, 3)),
        ("19750312", (1975, 3)),
        (197503.0, (1975, 3)),
        (1975.03, (1975, 3)),
        ("１９７５．０３", (1975, 3)),
        (datetime(1975, 3, 1), (1975, 3)),
        (1975.1, None),
        (None, None),
        ("无", None),
    ],
)
def test_birth_dates_are_read_in_every_usual_spelling(value: Any, expected: tuple[int, int] | None) -> None:
    assert cells.month_of(value) == expected


def test_what_contradicts_the_number_is_a_warning() -> None:
    [row] = lines(
        ["姓名", "性别", "出生年月", "身份证号", "班次", "期次"], ["赵甲", "女", "1980.02", number(), "1", "1"]
    )
    assert row.entry is not None
    assert {remark.code for remark in row.remarks} == {"sex-differs", "born-differs"}
    assert row.entry.texts["sex"] == "male"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (13812345678.0, "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("13812345678/027-88881234", "13812345678"),
        ("(027)88881234", "02788881234"),
        ("", ""),
    ],
)
def test_phones_become_digits(value: Any, expected: str) -> None:
    assert cells.phone_of(value) == expected


@pytest.mark.parametrize("value", ["12345", "1381234567", "23812345678", "1.38E+10"])
def test_what_is_no_phone_is_refused(value: str) -> None:
    with pytest.raises(Refusal):
        cells.phone_of(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("赵　甲", "赵甲"),
        (" 赵 甲 乙 ", "赵甲乙"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("John Smith", "John Smith"),
        ("𠮷野\u200b", "𠮷野"),
    ],
)
def test_names_lose_their_stretching(value: str, expected: str) -> None:
    assert cells.name_of(value) == expected


@pytest.mark.parametrize("value", ["赵", "", None, "赵甲1", "=cmd", "赵甲、钱乙" * 10])
def test_what_is_no_name_is_refused(value: Any) -> None:
    with pytest.raises(Refusal):
        cells.name_of(value)


def test_formulas_and_errors_in_cells_are_named() -> None:
    [row] = lines(["姓名", "身份证号", "班次", "期次"], [BadCell("formula"), BadCell("error"), "1", "1"])
    assert [remark.code for remark in row.remarks] == ["formula", "cell-error"]


@pytest.mark.parametrize(
    ("programme", "ordinal", "expected"),
    [
        ("1", "2", "term_1_2"),
        ("1.0", "2.0", "term_1_2"),
        ("第1班", "第二期", "term_1_2"),
        ("九", "", "term_9_1"),
        ("10", "1", "term_10_1"),
        ("十", "1", "term_10_1"),
        ("加强党的政治建设专题培训班", "一", "term_1_1"),
        ("1.加强党的政治建设专题培训班", "1", "term_1_1"),
        ("一、加强党的政治建设培训班", "1", "term_1_1"),
        ("加强党的政治建设专题培训班（第2期）", "", "term_1_2"),
        ("加强党的政治建设专题培训班第２期", "", "term_1_2"),
        ("党的政治建设", "2", "term_1_2"),
        ('推进"一带一路"建设专题研讨班', "２", "term_10_2"),
        ("推进一带一路建设 研讨班", "第2期", "term_10_2"),
        ("健康中国战略培训班", "", "term_9_1"),
    ],
)
def test_the_term_is_recognised_however_it_is_written(programme: str, ordinal: str, expected: str) -> None:
    assert BOOK.find(programme, ordinal).term_id == expected


@pytest.mark.parametrize(
    ("programme", "ordinal", "code"),
    [
        ("", "1", "programme-missing"),
        ("11", "1", "programme-unknown"),
        ("乡村振兴专题培训班", "1", "programme-unknown"),
        ("建设专题班", "1", "programme-unknown"),
        ("1", "", "term-missing"),
        ("1", "3", "term-unknown"),
        ("1", "下半年", "term-unknown"),
    ],
)
def test_a_term_that_cannot_be_told_is_refused_with_the_choices(programme: str, ordinal: str, code: str) -> None:
    for _ in range(2):  # the second answer comes from memory
        with pytest.raises(Refusal) as refusal:
            BOOK.find(programme, ordinal)
        assert refusal.value.code == code


def test_the_title_above_a_table_names_the_term_for_rows_that_do_not() -> None:
    [row] = lines(
        ["加强党的政治建设专题培训班（第二期）学员推荐名单"], ["姓名", "身份证号", "职务"], ["赵甲", number(), "科长"]
    )
    assert row.entry is not None
    assert row.entry.term.term_id == "term_1_2"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十四", 24),
        ("两", 2),
        ("０７", 7),
        ("十十", None),
        ("x", None),
        ("", None),
        ("一二", None),
    ],
)
def test_whole_numbers_of_every_kind(text: str, value: int | None) -> None:
    assert whole_number(text) == value


def test_numbers_of_people_do_not_leave_in_questions() -> None:
    text = without_numbers(f"群众（{number()}，13812345678）反映2019年第11号文件、预算1200000元的问题")
    assert number() not in text
    assert "13812345678" not in text
    assert "1200000元" in text
    for spelt in (
        "１３８１２３４５６７８",
        "138-1234-5678",
        "138 1234 5678",
        "027-87654321",
        f"{number()[:6]} {number()[6:]}",
    ):
        assert without_numbers(f"请致电{spelt}。") == "请致电〔号码已隐去〕。"
    assert masked_phone("13812345678") == "138****5678"
    assert masked_phone("") == ""


def test_a_row_that_slipped_by_a_column_does_not_show_a_number_in_its_remark() -> None:
    for programme, ordinal in ((number(), "1"), ("9", "138 1234 5678"), ("1", "１３８１２３４５６７８")):
        with pytest.raises(Refusal) as refused:
            BOOK.find(programme, ordinal)
        assert "号码已隐去" in refused.value.sentence.zh
        assert "号码已隐去" in refused.value.sentence.en
