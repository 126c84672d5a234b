"""Sessions changed and swapped by hand: each lasts as long as its hours say, and clashes only where room is short."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain.timetable import Session, Table, ordered, times_of
from services.scheduling.domain.timetable_check import check
from services.scheduling.domain.timetable_edit import changed, replaced, swapped
from tests.unit.scheduling.timetable_worlds import HALF_TIMES, LIMITS, session, setting


def at(id: str, hours: int, starts_at: str, ends_at: str, day: int = 0, **changes: Any) -> Session:
    return session(id, day, hours=hours, starts_at=starts_at, ends_at=ends_at, lecturer_id=None, **changes)


def times(table: Table) -> dict[str, tuple[int, str, str]]:
    return {each.session_id: (each.on.day, each.starts_at, each.ends_at) for each in table}


def broken(table: Table) -> list[str]:
    return [each.code for each in check(setting(), {"t1": table})]


@st.composite
def weeks(draw: st.DrawFn) -> Table:
    """Two days whose half-days hold sessions one after the other, from their beginning, some with gaps between."""
    found: list[Session] = []
    for day in (0, 1):
        for half in ("morning", "afternoon"):
            offset = 0
            while offset < 4 and (hours := draw(st.integers(0, 4 - offset))):
                offset += draw(st.integers(0, 4 - offset - hours))
                start, end = times_of(half, offset, hours, 4, HALF_TIMES)  # type: ignore[arg-type]
                form = "field" if hours == 4 and draw(st.booleans()) else "lecture"
                id = f"s{len(found)}"
                placed = {"hours": hours, "starts_at": start, "ends_at": end, "form": form, "lecturer_id": None}
                found.append(session(id, day, half, **placed))
                offset += hours
    return ordered(found)


@given(weeks(), st.data())
def test_two_sessions_swapped_clash_only_where_their_half_days_are_too_short(table: Table, data: st.DataObject) -> None:
    if len(table) < 2:
        return
    first, second = data.draw(st.lists(st.sampled_from(table), min_size=2, max_size=2, unique=True))
    after = swapped(table, first, second, LIMITS)
    places = {each.session_id: (each.on, each.half) for each in after}
    assert places[first.session_id] == (second.on, second.half)
    assert places[second.session_id] == (first.on, first.half)
    assert sorted(each.session_id for each in after) == sorted(each.session_id for each in table)
    short = {"half-day-hours", "field-half"}
    assert not broken(after) or short & set(broken(after))


@given(weeks(), st.data())
def test_a_session_swapped_there_and_back_has_its_day_and_hours_again(table: Table, data: st.DataObject) -> None:
    if len(table) < 2:
        return
    first, second = data.draw(st.lists(st.sampled_from(table), min_size=2, max_size=2, unique=True))
    there = {each.session_id: each for each in swapped(table, first, second, LIMITS)}
    back = swapped(tuple(there.values()), there[first.session_id], there[second.session_id], LIMITS)

    def kept(of: Table) -> set[tuple[Any, ...]]:
        return {(each.session_id, each.on, each.half, each.hours) for each in of}

    assert kept(back) == kept(table)


def test_sessions_of_different_length_in_one_half_day_come_in_the_other_order() -> None:
    short, long = at("s1", 1, "08:30", "09:20"), at("s2", 3, "09:25", "12:00")
    after = swapped((short, long), short, long, LIMITS)
    assert times(after) == {"s2": (11, "08:30", "11:10"), "s1": (11, "11:10", "12:00")}
    between = at("s3", 1, "09:20", "10:15")
    last = at("s2", 2, "10:15", "12:00")
    after = swapped((short, between, last), short, last, LIMITS)
    assert times(after) == {"s2": (11, "08:30", "10:15"), "s3": (11, "10:15", "11:10"), "s1": (11, "11:10", "12:00")}
    assert broken(after) == []


def test_each_begins_when_the_other_did() -> None:
    before = at("s1", 2, "08:30", "10:15"), at("s2", 1, "10:15", "11:10")
    alone = at("s3", 2, "09:00", "10:45", 1)
    after = swapped((*before, alone), before[1], alone, LIMITS)
    assert times(after) == {"s1": (11, "08:30", "10:15"), "s3": (11, "10:15", "12:00"), "s2": (12, "09:00", "09:50")}


def test_a_longer_session_begins_as_much_earlier_as_its_half_day_ends_before() -> None:
    late, long = at("s1", 1, "11:10", "12:00"), at("s2", 3, "08:30", "11:10", 1)
    after = swapped((late, long), late, long, LIMITS)
    assert times(after) == {"s2": (11, "09:20", "12:00"), "s1": (12, "08:30", "09:20")}


def test_what_stands_beside_makes_room_where_there_is_some() -> None:
    three = at("s1", 1, "08:30", "09:20"), at("s2", 1, "09:20", "10:15"), at("s3", 1, "10:15", "11:10")
    longer = at("s4", 2, "08:30", "10:15", 1)
    after = swapped((*three, longer), three[0], longer, LIMITS)
    assert broken(after) == []
    assert [each.session_id for each in after] == ["s4", "s2", "s3", "s1"]
    full = at("s4", 3, "08:30", "11:10", 1)
    after = swapped((*three, full), three[0], full, LIMITS)
    assert times(after)["s2"] == (11, "09:20", "10:15")
    assert "half-day-hours" in broken(after)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(1, ("10:15", "11:10")), (2, ("10:15", "12:00")), (3, ("09:20", "12:00")), (4, ("08:30", "12:00"))],
)
def test_a_session_that_takes_other_hours_begins_when_it_did(hours: int, expected: tuple[str, str]) -> None:
    after = changed(at("s1", 2, "10:15", "12:00"), {"hours": hours}, LIMITS)
    assert (after.starts_at, after.ends_at) == expected


def test_a_shorter_later_session_leaves_the_earlier_alone() -> None:
    both = at("s1", 2, "08:30", "10:15"), at("s2", 2, "10:15", "12:00")
    assert broken(replaced(both, changed(both[1], {"hours": 1}, LIMITS))) == []


def test_a_session_that_becomes_field_teaching_takes_its_half_day() -> None:
    after = changed(at("s1", 2, "10:15", "12:00"), {"form": "field"}, LIMITS)
    assert (after.starts_at, after.ends_at) == ("08:30", "12:00")
    assert changed(at("s1", 2, "10:15", "12:00"), {"form": "discussion"}, LIMITS).starts_at == "10:15"
    assert changed(after, {"hours": 3}, LIMITS).ends_at == "12:00"
