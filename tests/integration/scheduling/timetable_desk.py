"""A timetable desk: two placed terms of one programme in the same week, and what a planner does with their tables."""

from __future__ import annotations

from typing import Any

from services.scheduling.contract import MOVE_TERM
from services.scheduling.contract import invitations as inviting
from services.scheduling.contract import timetable_drafts as drafting
from services.scheduling.contract import timetables as contract
from shared.security.caller import Caller
from tests.integration.scheduling.conftest import School, programme
from tests.integration.scheduling.teaching import (
    DEPARTMENT,
    approved_scheme,
    by_school,
    course,
    lecturer_caller,
    placed_plan,
    register,
    scheme,
)

MAY_11, MAY_18 = "2020-05-11", "2020-05-18"


class Desk:
    """Two placed terms of one programme in the same week, a scheme, three lecturers."""

    def __init__(self, school: School) -> None:
        self.school = school
        _, terms = placed_plan(school, programme(trainees=60), r1=60, r2=60, hall=120)
        self.term_ids = [each["term_id"] for each in terms]
        self.programme_id = terms[0]["programme_id"]
        for term_id, room_id in zip(self.term_ids, ("r1", "r2"), strict=True):
            school.call(MOVE_TERM, {"term_id": term_id, "starts_on": MAY_11, "room_id": room_id})
        approved = approved_scheme(
            school,
            scheme(
                self.programme_id,
                course("治理现代化", 8, expertise=["国家治理"]),
                course("现场教学", form="field", expertise=["国家治理"]),
                course("自学", 2, form="self_study"),
            ),
        )
        self.courses = [each["course_id"] for each in approved["modules"][0]["courses"]]
        for lecturer_id in ("wen", "liang", "qiu"):
            register(school, lecturer_id, "国家治理")
        school.harness.take()

    def open(self, term: int = 0, **changes: Any) -> dict[str, Any]:
        return self.ask(drafting.OPEN_TIMETABLE_DRAFT, term, **changes)

    def draft(self, term: int = 0) -> dict[str, Any]:
        return self.school.call(drafting.GET_TIMETABLE_DRAFT, {"term_id": self.term_ids[term]})

    def issue(self, *terms: int, **changes: Any) -> list[dict[str, Any]]:
        request = {"term_ids": [self.term_ids[each] for each in terms or (0,)], **changes}
        items: list[dict[str, Any]] = by_school(self.school, drafting.ISSUE_TIMETABLES, request)["items"]
        return items

    def ask(self, operation: Any, term: int, **changes: Any) -> dict[str, Any]:
        return by_school(self.school, operation, {"term_id": self.term_ids[term], **changes})

    def change(self, session: dict[str, Any], term: int = 0, **changes: Any) -> dict[str, Any]:
        return self.ask(drafting.CHANGE_SESSION, term, session_id=session["session_id"], **changes)

    def invite(self, lecturer_id: str, course: int, term: int = 0, confirm: bool = False) -> None:
        request = {"term_id": self.term_ids[term], "course_id": self.courses[course], "lecturer_id": lecturer_id}
        made = by_school(self.school, inviting.INVITE_LECTURER, request)
        if confirm:
            answer = {"invitation_id": made["invitation_id"], "answer": "confirm"}
            self.school.call(inviting.ANSWER_INVITATION, answer, caller=lecturer_caller(lecturer_id))

    def shown(self, term: int = 0, caller: Caller = DEPARTMENT, **changes: Any) -> dict[str, Any]:
        return self.school.call(contract.GET_TIMETABLE, {"term_id": self.term_ids[term], **changes}, caller=caller)
