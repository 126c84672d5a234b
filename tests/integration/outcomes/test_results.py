"""What is made of all that was gathered: collections, figures, limits, files for the archive."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from docx import Document

from services.enrollment.contract import LIST_TRAINEES
from services.outcomes import contract
from shared.errors import Forbidden, Invalid, NotFound, Unavailable
from tests.fixtures.reports import parts_of
from tests.integration.outcomes.conftest import (
    AUDITOR,
    DONGHU,
    NANSHAN,
    ORGANISATION,
    OTHER_SERVICE,
    SCHOOL,
    City,
    lecturer,
    trainee,
    unit,
)
from tests.integration.outcomes.test_question_handover import DATA, MEALS, POVERTY, answer
from tests.integration.outcomes.test_reports import BODY, LI, OTHER, WANG, submitted
from tests.integration.outcomes.test_reviews import assign, give, open_reviews, panel

TERM = {"term_id": "term_1"}
PLAN = {"plan_id": "plan_1"}


@pytest.fixture
def graded(admitted: City) -> City:
    """Two reports of three people are in, one excellent, one qualified and late."""
    submitted(admitted, WANG, BODY)
    admitted.at("2020-06-07T08:00:00+08:00")
    submitted(admitted, LI, OTHER)
    panel(admitted, "lecturer_a", "lecturer_b", "lecturer_c")
    assign(admitted)
    for review in open_reviews(admitted):
        first = admitted.call(contract.GET_REPORT, {"report_id": review["report_id"]})["nomination_id"]
        give(admitted, review, 95 if first == "nomination_1" else 65)
    return admitted


def collect(city: City, **wanted: Any) -> dict[str, Any]:
    made: dict[str, Any] = city.call(contract.COMPILE_COLLECTION, {"title": "优秀研究报告选编", **wanted})
    return made


def document(file: dict[str, Any]) -> Any:
    return Document(io.BytesIO(base64.b64decode(file["content"])))


def figures(city: City) -> dict[str, dict[str, Any]]:
    found = city.call(contract.GET_OUTCOMES_FIGURES, PLAN)["figures"]
    return {each["key"]: each for each in found}


def export(city: City) -> dict[str, dict[str, Any]]:
    files = city.call(contract.EXPORT_OUTCOMES_FILES, TERM, OTHER_SERVICE)["files"]
    return {each["name"]: each for each in files}


def test_the_excellent_reports_become_one_document_with_contents_and_authors(graded: City) -> None:
    made = collect(graded, **PLAN)
    assert len(made["report_ids"]) == 1
    file = graded.call(contract.GET_COLLECTION_FILE, {"collection_id": made["collection_id"]})
    paragraphs = document(file).paragraphs
    texts = [each.text for each in paragraphs]
    assert "优秀研究报告选编" in texts
    assert "目　录" in texts
    assert "东湖区　王建国" in texts
    assert [each.text for each in paragraphs if each.style.name == "Heading 1"] == ["网格化管理研究"]
    xml = parts_of(base64.b64decode(file["content"]))["word/document.xml"].decode()
    assert xml.count('w:anchor="report_1"') == xml.count('w:name="report_1"') == 1
    assert BODY[:30] in "".join(texts)


def test_a_collection_without_names_names_nobody_and_needs_nobody(graded: City) -> None:
    made = collect(graded, **TERM, credited=False)
    graded.outcomes.equipment.asking._answers.clear()  # type: ignore[attr-defined]
    file = graded.call(contract.GET_COLLECTION_FILE, {"collection_id": made["collection_id"]})
    assert "王建国" not in parts_of(base64.b64decode(file["content"]))["word/document.xml"].decode()
    named = collect(graded, **TERM)
    with pytest.raises(Unavailable):
        graded.call(contract.GET_COLLECTION_FILE, {"collection_id": named["collection_id"]})


def test_only_reports_that_passed_are_compiled(graded: City) -> None:
    rows = graded.call(contract.LIST_REPORTS, {})["items"]
    passed = [each["report_id"] for each in rows]
    assert collect(graded, **TERM, report_ids=passed[::-1])["report_ids"] == passed[::-1]
    request = {"report_id": passed[0], "reason_code": "plagiarised", "note": "经核实"}
    graded.call(contract.ANNUL_REPORT, request)
    with pytest.raises(contract.WrongState):
        collect(graded, **TERM, report_ids=passed)
    with pytest.raises(NotFound):
        collect(graded, **TERM, report_ids=["report_none"])
    with pytest.raises(Invalid):
        collect(graded, **TERM, **PLAN)
    with pytest.raises(contract.WrongState):
        collect(graded, **TERM)  # the only excellent one was annulled


def test_a_report_that_was_annulled_since_is_not_bound_any_more(graded: City) -> None:
    rows = {each["nomination_id"]: each["report_id"] for each in graded.call(contract.LIST_REPORTS, {})["items"]}
    made = collect(graded, **TERM, report_ids=list(rows.values()))

    def bound() -> list[str]:
        file = graded.call(contract.GET_COLLECTION_FILE, {"collection_id": made["collection_id"]})
        return [each.text for each in document(file).paragraphs if each.text in ("东湖区　王建国", "东湖区　李娜")]

    assert sorted(bound()) == ["东湖区　李娜", "东湖区　王建国"]
    for left, who in ((["东湖区　李娜"], "nomination_1"), ([], "nomination_2")):
        graded.call(contract.ANNUL_REPORT, {"report_id": rows[who], "reason_code": "plagiarised", "note": "经核实"})
        assert bound() == left


def test_units_read_collections_and_only_the_school_compiles(graded: City) -> None:
    made = collect(graded, **TERM)
    listed = graded.call(contract.LIST_COLLECTIONS, TERM, unit(NANSHAN))["items"]
    assert [each["collection_id"] for each in listed] == [made["collection_id"]]
    graded.call(contract.GET_COLLECTION_FILE, {"collection_id": made["collection_id"]}, unit(NANSHAN))
    for caller in (unit(NANSHAN), ORGANISATION, WANG, lecturer("lecturer_a")):
        with pytest.raises(Forbidden):
            graded.call(contract.COMPILE_COLLECTION, {"title": "选编", **TERM}, caller)


def test_every_figure_of_reports_has_its_rows_behind_it(graded: City) -> None:
    found = figures(graded)
    punctual = found["report_punctuality"]
    assert (punctual["value"], punctual["rows"]) == (
        33.3,
        [
            {
                "term": "加强党的政治建设专题培训班第1期",
                "due_on": "2020-06-06",
                "expected": 3,
                "submitted": 2,
                "on_time": 1,
                "late": 1,
                "missing": 1,
            }
        ],
    )
    assert found["report_grades"]["value"] == 2
    assert (found["report_grades"]["rows"][0]["excellent"], found["report_grades"]["rows"][0]["qualified"]) == (1, 1)
    for figure in found.values():
        keys = {column["key"] for column in figure["columns"]}
        assert all(row.keys() == keys for row in figure["rows"])


def test_coverage_counts_what_was_answered_or_used_of_what_was_filed(admitted: City) -> None:
    assert figures(admitted)["question_coverage"]["value"] is None
    admitted.ask(DONGHU, POVERTY, DATA, "秘密★5年 某事项")
    admitted.ask(NANSHAN, MEALS)
    admitted.issue()
    admitted.call(contract.HAND_OVER_QUESTIONS, TERM)
    answer(admitted, "lecturer_a")
    figure = figures(admitted)["question_coverage"]
    assert figure["value"] == 33.3
    row = figure["rows"][0]
    assert (row["filed"], row["withheld"], row["answered"], row["handed_over"], row["unmatched"]) == (4, 1, 1, 1, 1)
    assert [each["receipted"] for each in figures(admitted)["question_handovers"]["rows"]] == [1, 0]


def test_figures_are_for_those_who_see_the_whole_city(graded: City) -> None:
    graded.call(contract.GET_OUTCOMES_FIGURES, PLAN, AUDITOR)
    for caller in (unit(DONGHU), WANG, lecturer("lecturer_a")):
        with pytest.raises(Forbidden):
            graded.call(contract.GET_OUTCOMES_FIGURES, PLAN, caller)


def test_every_limit_is_listed_with_its_source(city: City) -> None:
    items = city.call(contract.LIST_OUTCOMES_LIMITS, {}, unit(DONGHU))["items"]
    assert all(each["source"] and each["basis"] in ("source", "design", "unverified") for each in items)
    assert {"report.late_days", "review.criteria", "proposal.follow_up_months"} <= {each["key"] for each in items}


def test_a_terms_files_hold_answers_grades_originals_and_proposals(graded: City) -> None:
    graded.ask(DONGHU, DATA)
    graded.issue()
    graded.call(contract.HAND_OVER_QUESTIONS, TERM)
    answer(graded, "lecturer_b", text="统一标准、一数一源")
    request = {"title": "统一网格员补贴标准", "body": "建议制定网格员补贴统一标准，并按季度足额发放到位。"}
    graded.call(contract.FILE_PROPOSAL, request, WANG)
    files = export(graded)
    items = sorted(str(each["item"]) for each in files.values())
    assert items == ["proposals", "questions", "reports", "reports", "reports"]
    assert "王建国" not in "".join(files)
    answers = document(files["问题与答复.docx"]).tables[0]
    line = [cell.text for cell in answers.rows[1].cells]
    assert line[0] == "东湖区"
    assert line[2:] == [DATA, "政务数据共享与数字政府建设", "已解答", "统一标准、一数一源"]
    grades = document(files["研究报告成绩.docx"]).tables[0]
    assert {row.cells[7].text for row in grades.rows[1:]} == {"优秀", "合格"}
    proposals = document(files["政策建议.docx"]).tables[0]
    assert proposals.rows[1].cells[1].text == "王建国"


def test_files_above_the_limit_are_left_out_and_stay_named_by_their_hash(graded: City) -> None:
    from services.outcomes.limits import policy_table
    from services.outcomes.queries import exports

    limits = {row.key: row.value for row in policy_table().rows()}
    originals = [each for each in export(graded).values() if each["name"].startswith("研究报告/")]
    assert sum(len(base64.b64decode(each["content"])) for each in originals) <= limits["export.max_bytes"]
    view = graded.outcomes.store.view(graded.outcomes.kit.own_context())
    row = view.rows(exports.REPORTS).find(sort=(("_id", 1),))[0]
    assert row["versions"][0]["sha256"] in "".join(
        cell.text for cell in document(export(graded)["研究报告成绩.docx"]).tables[0].rows[1].cells
    )


def test_a_terms_files_are_for_services_only_and_an_unknown_term_has_none(graded: City) -> None:
    for caller in (SCHOOL, ORGANISATION, AUDITOR, unit(DONGHU), trainee("nomination_1")):
        with pytest.raises(Forbidden):
            graded.call(contract.EXPORT_OUTCOMES_FILES, TERM, caller)
    assert graded.call(contract.EXPORT_OUTCOMES_FILES, {"term_id": "term_9"}, OTHER_SERVICE) == {"files": []}


def test_files_that_name_people_wait_for_enrollment(graded: City) -> None:
    del graded.outcomes.equipment.asking._answers[LIST_TRAINEES.name]  # type: ignore[attr-defined]
    with pytest.raises(Unavailable):
        export(graded)
