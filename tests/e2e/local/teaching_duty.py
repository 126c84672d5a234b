"""Duty O1 as the people of a city do it, from the needs survey to an issued timetable, each by the own key or link."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

from openpyxl import Workbook

from services.scheduling.contract import GET_TIMETABLE, invitations, schemes, surveys, timetable_drafts, timetables
from services.scheduling.contract.table_imports import IMPORT_TABLE
from tests.e2e.local.office import DEPARTMENT, SCHOOL, Office

THEMES = ["国家治理", "金融风险"]
LECTURERS = (
    ("liang", "梁书衡", "正高级", "市委党校", "国家治理"),
    ("wen", "温可言", "副高级", "市委党校", "国家治理"),
    ("qiu", "邱致远", "正高级", "江城大学", "金融风险"),
)


def survey_needs(office: Office, plan_id: str, units: tuple[str, ...], today: date) -> list[str]:
    """Ask units what they need and return the themes as ranked."""
    questions = [{"text": "各主题的需求程度", "kind": "rating", "options": THEMES}]
    drafted = office.call(
        surveys.DRAFT_SURVEY, {"plan_id": plan_id, "title": "培训需求调研", "questions": questions}, SCHOOL
    )
    survey = {"survey_id": drafted["survey_id"]}
    due_on = (today + timedelta(days=5)).isoformat()
    office.call(surveys.OPEN_SURVEY, {**survey, "unit_ids": list(units), "due_on": due_on}, SCHOOL)
    (question,) = drafted["questions"]
    ratings = [{"theme": theme, "stars": stars} for theme, stars in zip(THEMES, (5, 3), strict=True)]
    for unit_id in units:
        answers = [{"question_id": question["question_id"], "ratings": ratings}]
        office.call(surveys.ANSWER_SURVEY, {**survey, "unit_id": unit_id, "answers": answers}, unit_id)
    office.call(surveys.CLOSE_SURVEY, survey, SCHOOL)
    ranking = office.call(surveys.GET_SURVEY_RANKING, survey, SCHOOL)
    assert (ranking["final"], ranking["answers"]) == (True, len(units))
    return [each["title"] for each in ranking["themes"]]


def register_lecturers(office: Office) -> None:
    """Take the lecturers over from the school's workbook."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(("编号", "姓名", "职称等级", "单位", "专长", "邮箱"))
    for row in LECTURERS:
        page.append((*row, f"{row[0]}@example.cn"))
    out = io.BytesIO()
    book.save(out)
    made = office.call(IMPORT_TABLE, {"kind": "lecturers"}, SCHOOL, file=out.getvalue())
    assert (made["state"], made["added"]) == ("saved", len(LECTURERS)), made


def approve_scheme(office: Office, programme_id: str, themes: list[str]) -> list[str]:
    """Write a scheme, have it returned once, submit it again, and return its courses when it is approved."""
    wanted = {
        "programme_id": programme_id,
        "aims": "学习领会，学以致用",
        "modules": [
            {
                "title": "专题学习",
                "courses": [{"title": f"{theme}专题", "hours": 4, "expertise": [theme]} for theme in themes],
            }
        ],
        "budget": [{"item": "lecturers", "amount": "10000.00"}],
    }
    written = office.call(schemes.WRITE_SCHEME, wanted, SCHOOL)
    scheme = {"scheme_id": written["scheme_id"]}
    office.call(schemes.SUBMIT_SCHEME, scheme, SCHOOL)
    assert office.ask(schemes.APPROVE_SCHEME, scheme, SCHOOL).status_code == 403
    office.call(schemes.RETURN_SCHEME, {**scheme, "reason": "请写明培训目标"})
    office.call(schemes.WRITE_SCHEME, {**wanted, "aims": "提高治理能力和风险防范能力"}, SCHOOL)
    office.call(schemes.SUBMIT_SCHEME, scheme, SCHOOL)
    approved = office.call(schemes.APPROVE_SCHEME, scheme, DEPARTMENT)
    assert (approved["state"], approved["number"], approved["in_force"]) == ("approved", 2, 2)
    return [course["course_id"] for module in approved["modules"] for course in module["courses"]]


def engage(office: Office, term_id: str, course_ids: list[str], declining: str | None = None) -> list[str]:
    """Invite the best candidate of each course; ``declining`` names a colleague instead, who is asked and agrees."""
    engaged = []
    proposed = office.call(invitations.LIST_LECTURER_PROPOSALS, {"term_id": term_id}, SCHOOL)
    by_course = {each["course_id"]: each["candidates"] for each in proposed["items"]}
    for course_id in course_ids:
        best = next(each["lecturer_id"] for each in by_course[course_id] if each["suitable"])
        asked = {"term_id": term_id, "course_id": course_id}
        made = office.call(invitations.INVITE_LECTURER, {**asked, "lecturer_id": best}, SCHOOL)
        own = office.call(invitations.LIST_OWN_INVITATIONS, {}, office.lecturer(best))["items"]
        assert made["invitation_id"] in {each["invitation_id"] for each in own}
        if best == declining:
            offered = {"invitation_id": made["invitation_id"]}
            (colleague, *_) = office.call(invitations.LIST_SUBSTITUTES, offered, office.lecturer(best))["items"]
            substitute = {"answer": "decline", "reason": "出差", "substitute_id": colleague["lecturer_id"]}
            office.call(invitations.ANSWER_INVITATION, {**offered, **substitute}, office.lecturer(best))
            best = colleague["lecturer_id"]
            again = {**asked, "lecturer_id": best, "instead_of": made["invitation_id"]}
            made = office.call(invitations.INVITE_LECTURER, again, SCHOOL)
        answer = {"invitation_id": made["invitation_id"], "answer": "confirm"}
        office.call(invitations.ANSWER_INVITATION, answer, office.lecturer(best))
        engaged.append(best)
    return engaged


def issue_timetable(office: Office, term_id: str) -> dict[str, Any]:
    """Lay a timetable out from the scheme, issue it, and return it."""
    draft = office.call(timetable_drafts.OPEN_TIMETABLE_DRAFT, {"term_id": term_id}, SCHOOL)
    assert draft["breaches"] == [], draft["breaches"]
    office.call(timetable_drafts.ISSUE_TIMETABLES, {"term_ids": [term_id], "reason": "首次下达"}, SCHOOL)
    return office.call(GET_TIMETABLE, {"term_id": term_id})


def amend_timetable(office: Office, term_id: str) -> dict[str, Any]:
    """Move the first session to a later day, issue the new version, and return the comparison with the first."""
    asked = {"term_id": term_id}
    draft = office.call(timetable_drafts.OPEN_TIMETABLE_DRAFT, {**asked, "source": "issued"}, SCHOOL)
    first = draft["sessions"][0]
    later = (date.fromisoformat(first["on"]) + timedelta(days=2)).isoformat()
    change = {**asked, "session_id": first["session_id"], "on": later}
    office.call(timetable_drafts.CHANGE_SESSION, change, SCHOOL)
    office.call(timetable_drafts.ISSUE_TIMETABLES, {"term_ids": [term_id], "reason": "教师时间冲突"}, SCHOOL)
    compared = office.call(timetables.COMPARE_TIMETABLE, {**asked, "from_number": 1})
    assert [each["session_id"] for each in compared["differences"]] == [first["session_id"]]
    return compared
