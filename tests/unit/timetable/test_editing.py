"""Changes by hand: a preview says what a full look would say."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.timetable import reading
from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.editing import Change, ChangeImpossible, Draft
from services.scheduling.timetable.findings import Finding
from services.scheduling.timetable.problem import Placed, Timetable
from tests.unit.timetable.own_problems import any_timetable, problems
from tests.unit.timetable.small_school import MON_AM, SCHOOL, TUE_AM, TUE_PM, school, table, with_course


def test_a_move_tells_what_breaks_and_what_it_costs() -> None:
    found = Draft(SCHOOL, table()).preview(Change("move", "b", 1, slot=TUE_PM))
    assert not found.feasible
    assert Counter(each.rule for each in found.broken) == {"lecturer_clash": 1, "lecturer_hours": 1}
    assert "王老师" in found.broken[0].zh
    assert (found.cost_before, found.cost) == (4, 4)
    assert found.changed == (Placed("b", 1, TUE_PM, "big"),)


def test_a_swap_exchanges_times_and_rooms_and_field_teaching_keeps_having_none() -> None:
    found = Draft(SCHOOL, table()).preview(Change("swap", "a", 1, other_course_id="c", other_number=1))
    assert set(found.changed) == {Placed("a", 1, TUE_PM, "small"), Placed("c", 1, MON_AM, "big")}
    outside = with_course("b", field=True)
    found = Draft(outside, table(Placed("b", 1, TUE_AM))).preview(
        Change("swap", "b", 1, other_course_id="a", other_number=1)
    )
    assert set(found.changed) == {Placed("b", 1, MON_AM), Placed("a", 1, TUE_AM, "big")}
    assert found.feasible


def test_a_lecture_changes_no_places_with_itself() -> None:
    with pytest.raises(ChangeImpossible, match="不能与自己对调"):
        Draft(SCHOOL, table()).preview(Change("swap", "a", 1, other_course_id="a", other_number=1))


def test_a_mended_rule_is_said_too() -> None:
    found = Draft(SCHOOL, table(Placed("b", 1, TUE_PM, "big"))).preview(Change("move", "b", 1, slot=TUE_AM))
    assert found.feasible
    assert {each.rule for each in found.mended} == {"lecturer_clash", "lecturer_hours"}


def test_a_locked_lecture_says_so_when_it_is_moved_and_may_move_again_when_unlocked() -> None:
    locked = Draft(SCHOOL, table()).preview(Change("lock", "b", 1))
    assert locked.problem.pins == (Placed("b", 1, TUE_AM, "big"),)
    moved = Draft(locked.problem, table()).preview(Change("move", "b", 1, slot=MON_AM))
    assert "pin_moved" in {each.rule for each in moved.broken}
    free = Draft(locked.problem, table()).preview(Change("unlock", "b", 1))
    assert free.problem.pins == ()


def test_unlocking_a_lecture_that_was_moved_mends_the_rule() -> None:
    elsewhere = Draft(school(pins=(Placed("b", 1, MON_AM, "big"),)), table())
    assert not elsewhere.assessment.feasible
    found = elsewhere.preview(Change("unlock", "b", 1))
    assert found.feasible
    assert [each.rule for each in found.mended] == ["pin_moved"]


@pytest.mark.parametrize(
    "change",
    [
        Change("move", "nothing", 1, slot=0),
        Change("move", "a", 3, slot=0),
        Change("move", "a", 1, slot=99),
        Change("move", "a", 1, room_id="attic"),
        Change("swap", "a", 1, other_course_id="x", other_number=1),
    ],
)
def test_a_change_of_what_is_not_there_is_refused_in_words(change: Change) -> None:
    with pytest.raises(ChangeImpossible) as caught:
        Draft(SCHOOL, table()).preview(change)
    assert caught.value.zh
    assert caught.value.en


def test_places_that_were_tried_are_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MOST_SITTINGS", 6)
    book = reading.Book(SCHOOL)
    for slot in range(20):
        sitting = book.sitting(Placed("a", 1, slot, "big"))
        assert sitting is not None
        assert sitting.at.slot == slot
        assert len(vars(book)["_sittings"]) <= 6


@pytest.mark.parametrize("second", [MON_AM, TUE_PM], ids=["same-place", "elsewhere"])
def test_of_a_lecture_that_stands_there_twice_only_the_first_is_changed(second: int) -> None:
    twice = Timetable((*table().lectures, Placed("a", 1, second, "big")))
    found = Draft(SCHOOL, twice).preview(Change("move", "a", 1, slot=TUE_AM))
    assert found.timetable.lectures[0].slot == TUE_AM
    assert found.timetable.lectures[1:] == twice.lectures[1:]
    full = assess(SCHOOL, found.timetable)
    assert not full.feasible
    assert (found.cost, found.feasible) == (full.cost, full.feasible)
    assert _told(found.broken) == _told(full.violations) - _told(assess(SCHOOL, twice).violations)


@given(data=st.data(), problem=problems())
@settings(max_examples=150, deadline=None)
def test_a_preview_says_what_a_full_look_says(data: st.DataObject, problem) -> None:  # type: ignore[no-untyped-def]
    timetable = data.draw(any_timetable(problem))
    again = data.draw(st.lists(st.sampled_from(timetable.lectures), max_size=2))
    timetable = Timetable((*timetable.lectures, *again))
    draft = Draft(problem, timetable)
    lectures = st.sampled_from(timetable.lectures)
    at, other = data.draw(lectures), data.draw(lectures)
    if data.draw(st.booleans()) and (at.course_id, at.number) != (other.course_id, other.number):
        change = Change("swap", at.course_id, at.number, other_course_id=other.course_id, other_number=other.number)
    else:
        slots = len(problem.days) * sum(problem.halves)
        room = None if at.room_id is None else data.draw(st.sampled_from([each.id for each in problem.rooms]))
        change = Change("move", at.course_id, at.number, data.draw(st.integers(0, slots - 1)), room)
    found = draft.preview(change)
    before, after = assess(problem, timetable), assess(problem, found.timetable)
    assert (found.cost_before, found.cost, found.feasible) == (before.cost, after.cost, after.feasible)
    assert _told(found.broken) == _told(after.violations) - _told(before.violations)
    assert _told(found.mended) == _told(before.violations) - _told(after.violations)
    assert _told(found.dearer) == _told(after.charges) - _told(before.charges)
    assert _told(found.cheaper) == _told(before.charges) - _told(after.charges)
    assert {dataclasses.replace(each, slot=0, room_id=None) for each in found.timetable.lectures} == {
        dataclasses.replace(each, slot=0, room_id=None) for each in timetable.lectures
    }


def _told(findings: tuple[Finding, ...]) -> Counter[tuple[str, int, str]]:
    return Counter((each.rule, each.cost, each.zh) for each in findings)
