"""A city that has to retime: two terms in one week, with people, lecturers and timetables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.enrollment.contract import ROSTER_ADMITTED
from services.scheduling.contract import GET_TERM, MOVE_TERM
from services.scheduling.contract import invitations as inviting
from services.scheduling.contract import retimings as contract
from services.scheduling.contract import timetable_drafts as drafting
from services.scheduling.store import RESERVATIONS
from shared.context import Context
from shared.identifiers import new_id
from shared.runtime.testing import Emitted
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

MAY_11, JUNE_1 = "2020-05-11", "2020-06-01"
CLOSED = {"blackout_id": "outbreak", "title": "疫情防控", "starts_on": "2020-05-09", "ends_on": "2020-05-30"}


class City:
    """Two terms in the week of 11 May, each with admitted people, a confirmed lecturer and an issued timetable.

    ``issued`` false: their timetables are drafts still.
    """

    def __init__(self, school: School, issued: bool = True) -> None:
        self.school = school
        plan, terms = placed_plan(school, programme(trainees=60), r1=60, r2=60)
        self.plan_id = plan["plan_id"]
        self.term_ids = [each["term_id"] for each in terms]
        self.people = {}
        for term_id, room_id, unit in zip(self.term_ids, ("r1", "r2"), ("donghu", "nanshan"), strict=True):
            school.call(MOVE_TERM, {"term_id": term_id, "starts_on": MAY_11, "room_id": room_id})
            self.people[term_id] = self.admit(term_id, f"city.{unit}", 3)
        register(school, "wen", "国家治理")
        register(school, "liang", "国家治理")
        made = approved_scheme(school, scheme(terms[0]["programme_id"], course("治理", 8, expertise=["国家治理"])))
        course_id = made["modules"][0]["courses"][0]["course_id"]
        for term_id, lecturer_id in zip(self.term_ids, ("wen", "liang"), strict=True):
            request = {"term_id": term_id, "course_id": course_id, "lecturer_id": lecturer_id}
            invitation = by_school(school, inviting.INVITE_LECTURER, request)["invitation_id"]
            answer = {"invitation_id": invitation, "answer": "confirm"}
            school.call(inviting.ANSWER_INVITATION, answer, caller=lecturer_caller(lecturer_id))
            by_school(school, drafting.OPEN_TIMETABLE_DRAFT, {"term_id": term_id})
        if issued:
            by_school(school, drafting.ISSUE_TIMETABLES, {"term_ids": self.term_ids})
        school.harness.take()

    def admit(self, term_id: str, unit_id: str, people: int) -> list[str]:
        ids = [new_id("nom") for _ in range(people)]
        data = {"term_id": term_id, "unit_id": unit_id, "nomination_ids": ids, "count": people}
        self.school.harness.deliver(ROSTER_ADMITTED, data)
        return ids

    def request(self, **changes: Any) -> dict[str, Any]:
        return {
            "plan_id": self.plan_id,
            "blackout": CLOSED,
            "reason_code": "epidemic",
            "reason": "疫情防控要求",
            **changes,
        }

    def preview(self, **changes: Any) -> dict[str, Any]:
        return self.school.call(contract.PREVIEW_RETIMING, self.request(**changes))

    def begin(self, **changes: Any) -> dict[str, Any]:
        digest = self.preview(**changes)["digest"]
        return self.school.call(contract.RETIME_TERMS, {**self.request(**changes), "digest": digest})

    def retiming(self, begun: dict[str, Any]) -> dict[str, Any]:
        return self.school.call(contract.GET_RETIMING, {"retiming_id": begun["retiming_id"]})

    def terms(self) -> list[dict[str, Any]]:
        return [self.school.call(GET_TERM, {"term_id": term_id}) for term_id in self.term_ids]

    def drafts(self) -> list[set[tuple[str, str | None]]]:
        """Return on which days and in which rooms each term's draft has its sessions."""
        drafts = [self.school.call(drafting.GET_TIMETABLE_DRAFT, {"term_id": term_id}) for term_id in self.term_ids]
        return [{(each["on"], each["room_id"]) for each in draft["sessions"]} for draft in drafts]

    def reserved(self) -> int:
        return self.school.harness.store.view(Context(DEPARTMENT)).rows(RESERVATIONS).count()

    def run(self, until: Callable[[int], bool] = lambda turn: False) -> list[Emitted]:
        """Let the process go on, one step an event, until all is quiet or ``until`` says so of the next one's turn."""
        seen: list[Emitted] = []
        while batch := self.school.harness.take():
            seen += batch
            for each in batch:
                if each.type.startswith("scheduling.process."):
                    if until(each.data["turn"]):
                        self.waiting = each
                        return seen
                    self.step(each)
        return seen

    def step(self, event: Emitted) -> None:
        handled = self.school.harness.handles(event.type)
        assert handled is not None
        self.school.harness.deliver(handled, event.data, event_id=event.id)


def told(seen: list[Emitted], event: Any) -> list[dict[str, Any]]:
    return [each.data for each in seen if each.type == event.type]
