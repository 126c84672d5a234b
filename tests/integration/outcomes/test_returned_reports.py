"""A report that was returned: not handed in until it is again, by its new day, for everybody who looks at it."""

from __future__ import annotations

from typing import Any

from services.outcomes import contract
from tests.fixtures.reports import word
from tests.integration.outcomes.conftest import City
from tests.integration.outcomes.test_reports import BODY, OTHER, WANG, prepare, reports, send, shown, submit, submitted
from tests.integration.outcomes.test_results import document, export, figures


def returned(city: City) -> dict[str, Any]:
    """Wang handed a report in on the last day; it comes back five days later."""
    city.at("2020-06-06T10:00:00+08:00")
    report = submitted(city, WANG, BODY)
    city.at("2020-06-11T10:00:00+08:00")
    back: dict[str, Any] = city.call(
        contract.RETURN_REPORT, {"report_id": report["report_id"], "note": "请补充数据来源"}
    )
    return back


def test_it_shows_as_not_handed_in_with_its_new_day_and_its_author_is_told_of_it(admitted: City) -> None:
    report_id = returned(admitted)["report_id"]
    (told,) = admitted.outcomes.emitted(contract.REPORT_RETURNED)
    assert (told.data["nomination_id"], told.data["due_on"]) == ("nomination_1", "2020-06-18")
    for found in (shown(admitted, report_id, WANG), reports(admitted, WANG)[0], reports(admitted)[0]):
        assert (found["due_on"], found["submitted_at"], found["late"]) == ("2020-06-18", None, None)
    send(admitted, WANG, word(OTHER), title="网格化管理再研究")
    assert (shown(admitted, report_id)["title"], shown(admitted, report_id)["statement"]) == ("网格化管理再研究", None)
    submit(admitted, WANG, {"report_id": report_id}, number=2)
    prepare(admitted)
    again = shown(admitted, report_id)
    assert (again["due_on"], again["late"], again["statement"] is None) == ("2020-06-18", False, False)


def test_what_never_came_back_counts_as_not_handed_in(admitted: City) -> None:
    returned(admitted)
    admitted.at("2020-06-26T00:00:00+08:00")
    admitted.outcomes.tick("expect_reports", admitted.clock.now())
    found = figures(admitted)
    (line,) = found["report_punctuality"]["rows"]
    assert (line["expected"], line["submitted"], line["missing"]) == (3, 0, 3)
    assert found["report_grades"]["rows"] == []
    files = export(admitted)
    assert list(files) == ["研究报告成绩.docx"]
    (row, *_) = (
        [cell.text for cell in row.cells]
        for row in document(files["研究报告成绩.docx"]).tables[0].rows[1:]
        if row.cells[2].text == "王建国"
    )
    assert (row[3], row[4], row[7], row[8]) == ("", "未提交", "未提交", "")
