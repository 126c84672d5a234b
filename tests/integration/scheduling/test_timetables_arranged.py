"""Drafts that a scheduler lays out: joint lectures stay one lecture, and no hour of the scheme is lost."""

from __future__ import annotations

from typing import Any

import pytest

from services.scheduling.contract import PUT_ROOM
from services.scheduling.contract import timetable_drafts as drafting
from services.scheduling.store import TIMETABLES
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.solving import shown
from tests.integration.scheduling.teaching import approved_scheme, by_school, course, scheme
from tests.integration.scheduling.timetable_desk import Desk

MAY_14 = "2020-05-14"


@pytest.fixture
def desk(school: School) -> Desk:
    return Desk(school)


def arrange(desk: Desk, *terms: int, **changes: Any) -> dict[str, Any]:
    request = {"term_ids": [desk.term_ids[each] for each in terms], "seconds": 30, **changes}
    return by_school(desk.school, drafting.ARRANGE_TIMETABLES, request)


def join(desk: Desk, **changes: Any) -> None:
    """Make the first sessions of both terms' drafts one lecture, on a day on which nothing else is held."""
    ids = [desk.draft(term)["sessions"][0]["session_id"] for term in (0, 1)]
    sessions = [{"term_id": term, "session_id": id} for term, id in zip(desk.term_ids, ids, strict=True)]
    by_school(desk.school, drafting.JOIN_SESSIONS, {"sessions": sessions})
    desk.ask(drafting.CHANGE_SESSION, 0, session_id=ids[0], **{"on": MAY_14, "room_id": "hall", **changes})


def joint(desk: Desk, term: int) -> dict[str, Any]:
    (found,) = [each for each in desk.draft(term)["sessions"] if each["joint_id"]]
    return {name: found[name] for name in ("on", "half", "starts_at", "room_id", "lecturer_id")}


def codes(desk: Desk, term: int) -> list[str]:
    return [each["code"] for each in desk.draft(term)["breaches"]]


def test_a_joint_lecture_that_is_only_drafted_stays_where_the_other_draft_has_it(desk: Desk) -> None:
    desk.invite("wen", 0, 0)
    for term in (0, 1):
        desk.open(term)
    join(desk, lecturer_id=None)
    asked = arrange(desk, 0)
    desk.school.pump()
    assert shown(desk.school, asked)["status"] == "optimal"
    assert joint(desk, 0) == joint(desk, 1)
    assert joint(desk, 0)["on"] == MAY_14
    assert [each["number"] for each in desk.issue(0, 1)] == [1, 1]


def test_a_joint_lecture_of_terms_arranged_together_moves_with_the_lecturer_one_of_them_asked(desk: Desk) -> None:
    desk.invite("wen", 0, 1)
    for term in (0, 1):
        desk.open(term)
    join(desk, lecturer_id=None)
    arrange(desk, 0, 1)
    desk.school.pump()
    assert joint(desk, 0) == joint(desk, 1)
    assert joint(desk, 0)["on"] < MAY_14
    assert joint(desk, 0)["lecturer_id"] == "wen"
    assert [codes(desk, term) for term in (0, 1)] == [[], []]


def test_a_joint_lecture_moves_in_a_draft_that_was_changed_while_the_scheduler_ran(desk: Desk) -> None:
    for term in (0, 1):
        desk.open(term)
    join(desk)
    arrange(desk, 0, 1)
    changed = desk.change(desk.draft(1)["sessions"][0], 1, title="专题报告")["sessions"]
    desk.school.pump()
    assert joint(desk, 0)["on"] < MAY_14
    assert joint(desk, 0) == joint(desk, 1)
    assert [each for each in desk.draft(1)["sessions"] if not each["joint_id"]] == [
        each for each in changed if not each["joint_id"]
    ]


def test_a_draft_is_judged_by_what_the_drafts_of_a_joint_lectures_other_terms_say(desk: Desk) -> None:
    for term in (0, 1):
        desk.open(term)
    join(desk, room_id="r1")
    assert [codes(desk, term) for term in (0, 1)] == [[], []]
    desk.issue(0, 1)
    desk.open(0, source="issued")
    moved = next(each for each in desk.draft(0)["sessions"] if each["joint_id"])
    assert desk.change(moved, on="2020-05-15")["also_changed"] == [desk.term_ids[1]]
    assert [codes(desk, term) for term in (0, 1)] == [[], []]
    desk.open(1, source="issued", replace=True)
    assert codes(desk, 0) == ["joint-differs"]
    desk.change(moved, half="afternoon")
    assert [each["number"] for each in desk.issue(0, 1)] == [2, 2]


def crowd(desk: Desk, *hours: int) -> list[str]:
    """Let the scheme consist of courses of so many hours; return their identifiers."""
    courses = [course(f"{n}号课", each, expertise=["国家治理"]) for n, each in enumerate(hours)]
    approved = approved_scheme(desk.school, scheme(desk.programme_id, *courses))
    return [each["course_id"] for each in approved["modules"][0]["courses"]]


FULL = (2, 1, 1, 1, 1, 3, 3, 3, 3, 4, 4, 4, 4, 4, 2)
"""A week of 40 hours; laid out in this order, the last course of four hours finds no half-day."""


def test_a_joint_lectures_room_holds_the_people_of_all_its_terms(desk: Desk) -> None:
    desk.school.call(PUT_ROOM, {"room_id": "small", "campus_id": "main", "title": "小教室", "capacity": 40})
    for term in (0, 1):
        desk.open(term)
    join(desk, room_id="small")
    assert [codes(desk, term) for term in (0, 1)] == [["room-capacity"], ["room-capacity"]]
    desk.ask(drafting.CHANGE_SESSION, 0, session_id=desk.draft(0)["sessions"][-1]["session_id"], room_id="hall")
    desk.issue(0, 1)
    desk.open(0, source="issued")
    desk.ask(drafting.CHANGE_SESSION, 0, session_id=desk.draft(0)["sessions"][-1]["session_id"], room_id="small")
    desk.ask(drafting.DROP_TIMETABLE_DRAFT, 1)
    assert codes(desk, 0) == ["room-capacity", "joint-differs"]


@pytest.mark.parametrize("drafted", [True, False])
def test_what_found_no_half_day_is_laid_out_as_well(desk: Desk, drafted: bool) -> None:
    crowd(desk, *FULL)
    if drafted:
        opened = desk.open()
        assert [each["zh"] for each in opened["left_out"]] == ["课程“13号课”的4学时排不下，该期只有5天"]
    asked = arrange(desk, 0)
    assert asked["lectures"] == len(FULL)
    waiting = desk.draft()
    assert (len(waiting["left_out"]), waiting["total_hours"], waiting["breaches"]) == (1, 36, [])
    desk.school.pump()
    draft = desk.draft()
    assert (draft["left_out"], draft["total_hours"], draft["breaches"]) == ([], 40, [])
    assert [each["code"] for each in draft["remarks"] if each["code"] == "hours-differ"] == []


@pytest.mark.parametrize("drafted", [True, False])
def test_what_still_finds_no_half_day_stays_listed(desk: Desk, drafted: bool) -> None:
    crowd(desk, *[3] * 13)
    if drafted:
        assert len(desk.open()["left_out"]) == 3
    asked = arrange(desk, 0)
    desk.school.pump()
    assert shown(desk.school, asked)["status"] in ("optimal", "feasible")
    draft = desk.draft()
    assert [each["zh"] for each in draft["left_out"]] == [
        f"课程“{n}号课”的3学时排不下，该期只有5天" for n in (10, 11, 12)
    ]
    assert (draft["total_hours"], draft["breaches"]) == (30, [])


def test_nothing_is_laid_out_where_a_session_that_stays_leaves_it_no_room(desk: Desk) -> None:
    crowd(desk, *FULL)
    opened = desk.open()
    short = next(each for each in opened["sessions"] if each["hours"] == 1)
    desk.change(short, starts_at="09:00", ends_at="09:50", on="2020-05-15", half="morning")
    alone = [each["session_id"] for each in opened["sessions"] if each["hours"] == 4]
    asked = arrange(desk, 0, keep=[short["session_id"], *alone[:2]])
    assert (asked["lectures"], len(desk.draft()["left_out"])) == (len(FULL) - 1, 1)


def test_what_was_left_out_is_known_from_a_draft_of_the_release_before_too(desk: Desk) -> None:
    crowd(desk, *FULL)
    desk.open()
    kit = desk.school.harness.kit

    def as_before(tx: Any) -> dict[str, Any]:
        doc = tx.rows(TIMETABLES).get(desk.term_ids[0])
        doc["draft"]["left_out"] = [{"zh": each["zh"], "en": each["en"]} for each in doc["draft"]["left_out"]]
        tx.rows(TIMETABLES).save(doc)
        return {}

    kit.store.transact(kit.own_context(), as_before, operation="test")
    assert arrange(desk, 0)["lectures"] == len(FULL)


def test_a_course_that_was_added_by_hand_is_not_laid_out_twice(desk: Desk) -> None:
    courses = crowd(desk, *FULL)
    desk.open()
    evening = {"title": "13号课", "on": MAY_14, "half": "evening", "hours": 4, "room_id": "r1"}
    desk.ask(drafting.ADD_SESSION, 0, course_id=courses[13], **evening)
    assert arrange(desk, 0)["lectures"] == len(FULL) - 1
    assert desk.draft()["left_out"] == []
