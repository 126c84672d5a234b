"""Drafts that a scheduler lays out: joint lectures stay one lecture, and no hour of the scheme is lost."""

from __future__ import annotations

from typing import Any

import pytest

from services.scheduling.contract import timetable_drafts as drafting
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.solving import shown
from tests.integration.scheduling.teaching import by_school
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
