"""UD2 is our own problem with four weights: both checkers agree, and files survive the way there and back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.checker import check
from services.scheduling.timetable.conversion import as_lectures, as_problem, as_timetable
from services.scheduling.timetable.ctt import read_instance, read_timetable, write_instance, write_timetable
from services.scheduling.timetable.files import read_problem
from services.scheduling.timetable.instance import Instance
from services.scheduling.timetable.objections import objections
from tests.unit.timetable.instances import any_lectures, instances


@given(data=st.data(), instance=instances())
@settings(max_examples=150, deadline=None)
def test_both_checkers_agree_on_what_is_feasible_and_what_it_costs(data: st.DataObject, instance: Instance) -> None:
    lectures = data.draw(any_lectures(instance))
    score = check(instance, lectures)
    found = assess(as_problem(instance), as_timetable(lectures, instance))
    assert found.feasible == (score.violations == 0)
    costs = found.costs
    assert (costs["overflow"], costs["min_days"], costs["course_rooms"]) == (
        score.capacity,
        score.min_days,
        score.stability,
    )
    if found.feasible:
        # With two lectures of a curriculum at once UD2 counts each of them, we count the slot.
        assert costs["isolated"] == score.compactness
        assert found.cost == score.cost
    assert score.occupancy == sum(each.rule == "room_clash" for each in found.violations) or score.occupancy > 1


@given(data=st.data(), instance=instances())
@settings(max_examples=50, deadline=None)
def test_files_are_read_as_they_were_written(data: st.DataObject, instance: Instance) -> None:
    assert read_instance(write_instance(instance)) == instance
    lectures = data.draw(any_lectures(instance))
    again = read_timetable(write_timetable(lectures, instance), instance)
    assert sorted(again, key=repr) == sorted(lectures, key=repr)
    assert objections(as_problem(instance)) == []
    timetable = as_timetable(lectures, instance)
    assert sorted(as_lectures(timetable, instance), key=repr) == sorted(lectures, key=repr)
    read = read_problem(write_instance(instance))
    assert read.read_timetable(read.write_timetable(timetable)) == timetable
