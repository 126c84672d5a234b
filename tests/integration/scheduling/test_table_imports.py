"""Lecturers, rooms and courses from workbooks: every row is saved, or none, and the copy says why."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from services.scheduling.contract import GET_LECTURER, LIST_ROOMS, lecturers, schemes
from services.scheduling.contract import table_imports as contract
from services.scheduling.contract.table_imports import NotATable
from shared.errors import Forbidden, Invalid, NotFound
from shared.storage.audit import AUDIT
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.teaching import DEPARTMENT, approved_scheme, by_school, course, scheme, unit_caller

LECTURERS = ("编号", "姓名", "职称等级", "单位", "专长", "电话", "邮箱")
WEN = ("wen", "文振华", "正高级", "市委党校", "国家治理、党建", "13800001111", "wen@example.cn")
LI = ("li", "李思", "副高级", "江城大学", "金融", None, None)
ROOMS = ("编号", "校区编号", "名称", "容量", "类型")
COURSES = ("班次", "模块", "课程", "形式", "学时", "专长")


def workbook(*rows: tuple[Any, ...], dress: Callable[[Any], object] = lambda page: None) -> str:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    dress(page)
    out = io.BytesIO()
    book.save(out)
    return base64.b64encode(out.getvalue()).decode()


def taken(school: School, kind: str, *rows: tuple[Any, ...], **changes: Any) -> dict[str, Any]:
    request = {"kind": kind, "file": workbook(*rows), "filename": "表.xlsx", **changes}
    return by_school(school, contract.IMPORT_TABLE, request)


def copy_of(school: School, made: dict[str, Any]) -> list[tuple[Any, ...]]:
    reply = by_school(school, contract.GET_TABLE_IMPORT_FILE, {"import_id": made["import_id"]})
    assert reply["filename"] == "校验结果-表.xlsx"
    page = load_workbook(io.BytesIO(base64.b64decode(reply["content"]))).active
    assert page is not None
    return list(page.iter_rows(values_only=True))


def known_lecturers(school: School) -> list[str]:
    return [each["lecturer_id"] for each in by_school(school, lecturers.LIST_LECTURERS, {})["items"]]


def test_lecturers_are_taken_over_with_their_contact_sealed(school: School) -> None:
    made = taken(school, "lecturers", LECTURERS, WEN, LI)
    assert (made["state"], made["rows"], made["added"], made["changed"], made["errors"]) == ("saved", 2, 2, 0, [])
    wen = by_school(school, GET_LECTURER, {"lecturer_id": "wen"})
    assert (wen["name"], wen["grade"], wen["expertise"]) == ("文振华", "full", ["国家治理", "党建"])
    assert (wen["phone_masked"], wen["email_masked"]) == ("138****1111", "w***@example.cn")
    assert [row[-2:] for row in copy_of(school, made)] == [("校验结果", "校验说明"), ("通过", None), ("通过", None)]


def test_a_second_import_changes_what_it_fills_in_and_leaves_the_rest(school: School) -> None:
    taken(school, "lecturers", LECTURERS, WEN)
    made = taken(school, "lecturers", LECTURERS[:4], ("wen", "文振华", "院士", "江城大学"), LI[:4])
    assert (made["added"], made["changed"]) == (1, 1)
    wen = by_school(school, GET_LECTURER, {"lecturer_id": "wen"})
    assert (wen["grade"], wen["organisation"], wen["expertise"]) == ("academician", "江城大学", ["国家治理", "党建"])
    assert wen["phone_masked"] == "138****1111"


def test_a_blank_cell_of_a_lecturer_leaves_what_is_known(school: School) -> None:
    head = (*LECTURERS[:4], "职务", "专长", "外地", "在用")
    taken(school, "lecturers", head, (*WEN[:4], "教授", "国家治理", "是", "否"))
    taken(school, "lecturers", head, (*WEN[:4], None, "", "  ", None))
    wen = by_school(school, GET_LECTURER, {"lecturer_id": "wen"})
    assert (wen["post"], wen["expertise"], wen["out_of_town"], wen["active"]) == ("教授", ["国家治理"], True, False)


def test_a_blank_cell_of_a_contact_leaves_what_is_known(school: School) -> None:
    taken(school, "lecturers", LECTURERS, WEN, LI)
    taken(school, "lecturers", LECTURERS, (*WEN[:5], "13900002222", None), (*LI[:5], None, "li@example.cn"))
    wen, li = (by_school(school, GET_LECTURER, {"lecturer_id": each}) for each in ("wen", "li"))
    assert (wen["phone_masked"], wen["email_masked"]) == ("139****2222", "w***@example.cn")
    assert (li["phone_masked"], li["email_masked"]) == ("", "l***@example.cn")
    looks = school.harness.store.backing.collection(AUDIT).find({"kind": "unseal"})
    assert [len(row["touched"]) for row in looks] == [1], "only what a row leaves out of a contact is opened"


def test_one_wrong_row_keeps_all_out_and_is_written_back(school: School) -> None:
    made = taken(school, "lecturers", ("师资表",), LECTURERS, WEN, ("li", "李思", "教授", None), WEN)
    assert (made["state"], made["rows"], made["wrong_rows"], made["added"]) == ("refused", 3, 2, 0)
    assert [(each["row"], each["column"]) for each in made["errors"]] == [(4, "单位"), (4, "职称等级"), (5, "编号")]
    assert known_lecturers(school) == []
    assert [row[-2:] for row in copy_of(school, made)][2:] == [
        ("通过", None),
        ("有误", "单位：未填写；职称等级：只能填写：中级及以下、副高级、正高级、院士、全国知名专家"),
        ("有误", "编号：与第3行重复"),
    ]


def test_a_preview_saves_nothing_and_counts(school: School) -> None:
    made = taken(school, "lecturers", LECTURERS, WEN, LI, preview=True)
    assert (made["state"], made["added"]) == ("previewed", 2)
    assert known_lecturers(school) == []


def test_rooms_need_their_campus(school: School) -> None:
    school.places(r1=60)
    wrong = taken(school, "rooms", ROOMS, ("r2", "main", "二教室", 40, None), ("r3", "east", "三教室", 40, None))
    assert [(each["row"], each["column"]) for each in wrong["errors"]] == [(3, "校区编号")]
    made = taken(school, "rooms", ROOMS, ("r1", "main", "一教室", 80, None), ("hall", "main", "报告厅", 300, "hall"))
    assert (made["state"], made["added"], made["changed"]) == ("saved", 1, 1)
    found = {each["room_id"]: each for each in school.call(LIST_ROOMS)["items"]}
    assert (found["r1"]["capacity"], found["r1"]["kind"], found["hall"]["kind"]) == (80, "classroom", "hall")
    assert "r2" not in found


def test_courses_replace_the_modules_of_their_programme_and_keep_aims_and_budget(school: School) -> None:
    plan = school.approved()
    (term, _) = school.terms(plan["plan_id"])
    by_school(school, schemes.WRITE_SCHEME, scheme(term["programme_id"], course("治理现代化")))
    rows = ((1, "专题学习", "治理现代化", "讲授", 8, "国家治理"), (1, "实践", "社区治理", "现场教学", 4, None))
    made = taken(school, "courses", COURSES, *rows, plan_id=plan["plan_id"])
    assert (made["state"], made["added"], made["changed"]) == ("saved", 1, 1)
    (found,) = school.call(schemes.LIST_SCHEMES, {"plan_id": plan["plan_id"]})["items"]
    shown = school.call(schemes.GET_SCHEME, {"scheme_id": found["scheme_id"]})
    assert [(each["title"], len(each["courses"])) for each in shown["modules"]] == [("专题学习", 1), ("实践", 1)]
    assert (shown["aims"], shown["hours"], shown["total"]) == ("学习领会，学以致用", 12, "51200.00")


def test_a_blank_cell_of_a_course_leaves_what_is_known(school: School) -> None:
    plan = school.approved()
    (term, _) = school.terms(plan["plan_id"])
    wanted = {"expertise": ["国家治理"], "morning": True, "room_kind": "hall"}
    twice = (course("实践", form="field", **wanted), course("实践", form="discussion", expertise=["社区"]))
    written = by_school(school, schemes.WRITE_SCHEME, scheme(term["programme_id"], course("治理", **wanted), *twice))
    before = written["modules"][0]["courses"]

    sheet = (
        (1, "专题学习", "治理", None, 8, None),
        (1, "专题学习", "实践", None, 4, ""),
        (1, "专题学习", "实践", "讲授", 4, None),
        (1, "专题学习", "党建", None, 2, None),
    )
    taken(school, "courses", COURSES, *sheet, plan_id=plan["plan_id"])
    shown = school.call(schemes.GET_SCHEME, {"scheme_id": written["scheme_id"]})
    first, second, third, fresh = shown["modules"][0]["courses"]
    assert [first, second, third] == [{**before[0], "hours": 8}, before[1], {**before[2], "form": "lecture"}]
    assert (fresh["form"], fresh["expertise"], fresh["morning"], fresh["room_kind"]) == ("lecture", [], False, None)


def test_courses_of_a_scheme_that_awaits_approval_or_of_no_programme_are_refused(school: School) -> None:
    plan = school.approved()
    (term, _) = school.terms(plan["plan_id"])
    written = by_school(school, schemes.WRITE_SCHEME, scheme(term["programme_id"]))
    by_school(school, schemes.SUBMIT_SCHEME, {"scheme_id": written["scheme_id"]})
    rows = ((1, "专题学习", "党建", "讲授", 8, None), (7, "专题学习", "党建", "讲授", 8, None))
    made = taken(school, "courses", COURSES, *rows, plan_id=plan["plan_id"])
    assert [each["message"]["zh"] for each in made["errors"]] == [
        "该班培训方案正在审批，不能修改",
        "计划中没有这个班次",
    ]
    with pytest.raises(Invalid):
        taken(school, "courses", COURSES, *rows)


def test_approved_schemes_stay_in_force_until_the_imported_version_is_approved(school: School) -> None:
    plan = school.approved()
    (term, _) = school.terms(plan["plan_id"])
    approved = approved_scheme(school, scheme(term["programme_id"]))
    taken(school, "courses", COURSES, (1, "新模块", "党建", "讲授", 8, None), plan_id=plan["plan_id"])
    shown = school.call(schemes.GET_SCHEME, {"scheme_id": approved["scheme_id"]})
    assert (shown["state"], shown["number"], shown["in_force"]) == ("draft", 2, 1)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old-or-locked"),
        (b"%PDF-1.7", "not-excel"),
        (b"PK\x03\x04broken", "broken"),
        (base64.b64decode(workbook(("编号", "姓名"))), "columns-missing"),
    ],
)
def test_what_is_no_such_table_is_refused_whole(school: School, content: bytes, reason: str) -> None:
    request = {"kind": "lecturers", "file": base64.b64encode(content).decode()}
    with pytest.raises(NotATable) as refused:
        by_school(school, contract.IMPORT_TABLE, request)
    assert refused.value.details["reason"] == reason
    assert by_school(school, contract.LIST_TABLE_IMPORTS, {})["items"] == []


def with_sheet_changed(file: str, change: Callable[[bytes], bytes]) -> str:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(file))) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, change(part) if name == "xl/worksheets/sheet1.xml" else part)
    return base64.b64encode(out.getvalue()).decode()


def test_a_few_bytes_that_stand_for_millions_of_cells_come_back_as_the_table_alone(school: School) -> None:
    file = workbook(LECTURERS, WEN, dress=lambda page: page.merge_cells("L1:M1"))
    grown = with_sheet_changed(file, lambda part: part.replace(b"L1:M1", b"L1:XFD1048576"))
    made = by_school(school, contract.IMPORT_TABLE, {"kind": "lecturers", "file": grown, "filename": "表.xlsx"})
    assert (made["state"], made["rows"]) == ("saved", 1)
    assert copy_of(school, made) == [(*LECTURERS, "校验结果", "校验说明"), (*WEN, "通过", None)]


def test_a_workbook_of_countless_blank_cells_is_refused(school: School) -> None:
    many = b"".join(b"<row>" + b"<c/>" * 10_000 + b"</row>" for _ in range(51))
    grown = with_sheet_changed(workbook(ROOMS), lambda part: part.replace(b"</sheetData>", many + b"</sheetData>"))
    with pytest.raises(NotATable) as refused:
        by_school(school, contract.IMPORT_TABLE, {"kind": "rooms", "file": grown})
    assert refused.value.details["reason"] == "cells"


def test_merged_cells_hold_for_every_row_they_span(school: School) -> None:
    plan = school.approved()
    rows = [(1, "理论武装", "甲", "研讨", 4, "党建"), (None, None, "乙", None, 2, None)]
    merge = ("A2:A3", "B2:B3", "D2:D3")
    file = workbook(COURSES, *rows, dress=lambda page: [page.merge_cells(each) for each in merge])
    made = by_school(school, contract.IMPORT_TABLE, {"kind": "courses", "file": file, "plan_id": plan["plan_id"]})
    assert (made["state"], made["errors"]) == ("saved", [])
    (found,) = school.call(schemes.LIST_SCHEMES, {"plan_id": plan["plan_id"]})["items"]
    (module,) = school.call(schemes.GET_SCHEME, {"scheme_id": found["scheme_id"]})["modules"]
    assert [(each["title"], each["form"]) for each in module["courses"]] == [("甲", "discussion"), ("乙", "discussion")]


def test_columns_that_were_not_read_are_named_and_usual_headings_are_known(school: School) -> None:
    head = (*LECTURERS[:4], "联系电话", "备注")
    made = taken(school, "lecturers", head, (*WEN[:4], "13800001111", "常任"))
    assert (made["state"], made["unread_columns"]) == ("saved", ["备注"])
    assert by_school(school, GET_LECTURER, {"lecturer_id": "wen"})["phone_masked"] == "138****1111"
    assert copy_of(school, made)[0][-1] == "校验说明（未导入的列：备注）"


def test_a_copy_sent_again_has_its_results_anew(school: School) -> None:
    wrong = taken(school, "lecturers", LECTURERS, WEN, (*LI[:2], "教授", *LI[3:]))
    sheet = [list(row) for row in copy_of(school, wrong)]
    assert [row[-2] for row in sheet] == ["校验结果", "通过", "有误"]
    sheet[2][2] = "副高级"
    made = taken(school, "lecturers", *map(tuple, sheet))
    assert (made["state"], made["unread_columns"]) == ("saved", [])
    assert [row[-2:] for row in copy_of(school, made)] == [("校验结果", "校验说明"), ("通过", None), ("通过", None)]
    assert len(copy_of(school, made)[0]) == len(LECTURERS) + 2


def test_two_sheets_that_could_both_be_meant_are_refused_by_name(school: School) -> None:
    def another(page: Any) -> None:
        page.title = "春季"
        for row in (ROOMS, ("r9", "main", "九教室", 40, None)):
            other = page.parent["秋季"] if "秋季" in page.parent.sheetnames else page.parent.create_sheet("秋季")
            other.append(row)

    file = workbook(ROOMS, ("r1", "main", "一教室", 40, None), dress=another)
    with pytest.raises(NotATable, match="“春季”、“秋季”") as refused:
        by_school(school, contract.IMPORT_TABLE, {"kind": "rooms", "file": file})
    assert refused.value.details["reason"] == "several-sheets"


@pytest.mark.parametrize("preview", [True, False])
def test_a_preview_finds_what_saving_would_refuse(school: School, preview: bool) -> None:
    plan = school.approved()
    many = [(1, f"模块{number}", f"课程{number}", None, 1, None) for number in range(41)]
    many += [(1, "模块1", f"课程乙{number}", None, 1, None) for number in range(100)]
    made = taken(school, "courses", COURSES, *many, plan_id=plan["plan_id"], preview=preview)
    assert made["state"] == "refused"
    assert [(each["row"], each["column"], each["message"]["zh"]) for each in made["errors"]] == [
        (42, "模块", "一个班的模块超过40个"),
        (142, "课程", "一个模块的课程超过100门"),
    ]
    made = taken(school, "lecturers", LECTURERS, (*WEN[:6], "a..b@qq.com"), preview=preview)
    assert [(each["row"], each["column"]) for each in made["errors"]] == [(2, "邮箱")]


def test_an_archive_that_unpacks_without_end_is_not_opened(school: School) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (70 << 20))
    with pytest.raises(NotATable) as refused:
        by_school(
            school,
            contract.IMPORT_TABLE,
            {"kind": "rooms", "file": base64.b64encode(out.getvalue()).decode()},
        )
    assert refused.value.details["reason"] == "unpacked-size"


def test_only_the_newest_copy_of_a_kind_is_kept(school: School) -> None:
    first = taken(school, "lecturers", LECTURERS, WEN)
    second = taken(school, "lecturers", LECTURERS, LI)
    assert copy_of(school, second)
    with pytest.raises(NotFound):
        copy_of(school, first)
    listed = by_school(school, contract.LIST_TABLE_IMPORTS, {"kind": "lecturers"})["items"]
    assert [each["import_id"] for each in listed] == [second["import_id"], first["import_id"]]


@pytest.mark.parametrize("kind", contract.KINDS)
def test_the_form_of_a_table_can_be_sent_back_filled_in(school: School, kind: str) -> None:
    school.places()
    plan = school.approved()
    form = by_school(school, contract.GET_TABLE_FORM, {"kind": kind})
    head, example = list(load_workbook(io.BytesIO(base64.b64decode(form["content"]))).worksheets[0].values)
    filled = tuple({"wen": "li", "r201": "r202", "4": "6"}.get(cell, cell) for cell in example)
    made = taken(school, kind, head, example, filled, plan_id=plan["plan_id"])
    assert (made["state"], made["rows"], made["added"]) == ("saved", 1, 1), "the example itself is nobody"
    assert [row[-2] for row in copy_of(school, made)] == ["校验结果", "示例", "通过"]


def test_only_the_party_school_imports(school: School) -> None:
    for caller in (DEPARTMENT, unit_caller("city.donghu")):
        with pytest.raises(Forbidden):
            school.call(contract.IMPORT_TABLE, {"kind": "rooms", "file": workbook(ROOMS)}, caller=caller)
