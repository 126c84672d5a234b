"""Seats of a term: capacity, allotments, and their sums along the organisation tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.domain.organisation import lies_in, parent_of, read_unit_id
from services.enrollment.domain.seats import Seats
from services.enrollment.domain.wording import Refusal


def seats(capacity: int = 10, taken: dict[str, int] | None = None, **places: int) -> Seats:
    wanted = [(name.replace("_", "."), count) for name, count in places.items()]
    return Seats("term_1", capacity).allot(wanted, taken or {})


def test_the_last_seat_is_given_and_the_next_refused() -> None:
    full = seats(2, a=2).take("a").take("a")
    assert (full.left, full.admitted) == (0, 2)
    with pytest.raises(Refusal) as refusal:
        full.take("a")
    assert refusal.value.code == "term-full"


def test_a_district_counts_what_its_units_take() -> None:
    row = seats(10, a=2, a_b=1).take("a.c")
    row = row.take("a.b")
    for unit in ("a.b", "a.c", "a"):
        refusal = row.refusal_for(unit)
        assert refusal is not None
        assert refusal.code == "quota-used"
    assert row.give_back("a.c").refusal_for("a.b") is not None
    assert row.give_back("a.b").refusal_for("a.b") is None


def test_a_unit_without_places_gets_no_seat() -> None:
    refusal = seats(10, a=2).refusal_for("b")
    assert refusal is not None
    assert refusal.code == "no-quota"
    assert seats(10, a=2).refusal_for("ab") is not None


def test_places_add_up_to_the_capacity_exactly_or_are_refused() -> None:
    assert seats(10, a=6, b=4).allotment_for("b.x") is not None
    with pytest.raises(Refusal, match="合计11个"):
        seats(10, a=6, b=5)
    with pytest.raises(Refusal, match="“a”的名额6个"):
        seats(10, a=6, a_b=4, a_c=3)


def test_places_do_not_fall_below_those_admitted() -> None:
    with pytest.raises(Refusal, match="已录取2人"):
        seats(10, a=3).allot([("a", 1)], {"a.x": 2})
    with pytest.raises(Refusal):
        seats(10, a=3).allot([("a", 0)], {"a": 1})


def test_a_new_allotment_knows_who_was_admitted_before_it() -> None:
    row = seats(10, a=5).take("a.b").allot([("a.b", 1)], {"a.b": 1})
    assert row.refusal_for("a.b") is not None
    assert row.give_back("a.b").refusal_for("a.b") is None


def test_a_smaller_room_takes_no_seat_from_anybody() -> None:
    row = seats(3, a=3).take("a").take("a").with_capacity(1)
    assert (row.admitted, row.left) == (2, 0)


@given(st.lists(st.sampled_from(["a", "a.b", "a.b.c", "b", "c"]), max_size=40), st.integers(0, 12))
def test_no_sequence_of_admissions_passes_a_limit(units: list[str], capacity: int) -> None:
    row = Seats("term_1", capacity).allot([("a", capacity // 2), ("a.b", capacity // 3), ("b", capacity // 2)], {})
    for unit in units:
        if row.refusal_for(unit) is None:
            row = row.take(unit)
    assert row.admitted <= capacity
    assert all(item.admitted <= item.places for item in row.allotments)


@pytest.mark.parametrize("text", ["", "A", "a..b", ".a", "a.", "1a", "a b", "a" * 121, "a.b.c.d.e.f.g.h.i", "江城"])
def test_a_path_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_unit_id(text)


def test_a_subtree_is_the_path_and_what_begins_with_it_and_a_dot() -> None:
    assert lies_in("a.b", "a")
    assert lies_in("a", "a")
    assert lies_in("x", "")
    assert not lies_in("ab", "a")
    assert parent_of("a.b.c") == "a.b"
    assert parent_of("a") is None
