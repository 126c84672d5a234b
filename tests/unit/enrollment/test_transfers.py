"""Places that change hands: the sums hold along the tree of units, whatever happens in whatever order."""

from __future__ import annotations

import contextlib
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.enrollment.domain.organisation import lies_in
from services.enrollment.domain.seats import Seats
from services.enrollment.domain.transfers import is_due, move_places, unused, who_consents
from services.enrollment.domain.wording import Refusal

UNITS = ("a", "a.b", "a.b.c", "a.d", "b", "b.x", "b.x.y")


def seats(capacity: int = 20, **places: int) -> Seats:
    return Seats("term_1", capacity).allot([(name.replace("_", "."), count) for name, count in places.items()], {})


def places(row: Seats) -> dict[str, int]:
    return {item.unit_id: item.places for item in row.allotments}


def test_returned_places_go_to_the_district_and_from_there_to_the_city() -> None:
    row = seats(a=6, a_b=4)
    row = move_places(row, "a.b", "a", 3, {})
    assert (places(row), row.free_in("a"), row.pool) == ({"a": 6, "a.b": 1}, 5, 14)
    row = move_places(row, "a", None, 5, {})
    assert (places(row), row.pool) == ({"a": 1, "a.b": 1}, 19)


def test_a_loan_across_districts_counts_at_both_districts() -> None:
    row = move_places(seats(a=6, a_b=4, b=5), "a.b", "b.x", 2, {})
    assert places(row) == {"a": 4, "a.b": 2, "b": 7, "b.x": 2}
    assert row.pool == 9
    assert row.free_in("b") == 5


def test_a_loan_within_a_district_leaves_the_district_as_it_is() -> None:
    row = move_places(seats(a=6, a_b=4, a_d=1), "a.b", "a.d", 2, {})
    assert places(row) == {"a": 6, "a.b": 2, "a.d": 3}


def test_the_highest_unit_that_loses_places_has_the_say() -> None:
    row = seats(a=6, a_b=4, a_d=1, b=5)
    assert who_consents(row, "a.b", "b.x") == "a"
    assert who_consents(row, "a.b", "a.d") == "a.b"
    assert who_consents(row, "b", "a.d") == "b"


def test_filled_handed_down_and_held_places_cannot_be_given_away() -> None:
    row = seats(a=6, a_b=3).take("a").hold("nom_1", "a.d")
    assert row.free_in("a") == 1
    with pytest.raises(Refusal, match="可调剂的名额为1个") as refusal:
        move_places(row, "a", "b", 2, {"a": 1})
    assert refusal.value.code == "places-not-free"
    assert places(move_places(row, "a", "b", 1, {"a": 1})) == {"a": 5, "a.b": 3, "b": 1}


def test_a_unit_that_gets_its_first_places_keeps_what_its_people_filled_before() -> None:
    row = seats(a=6, b=4).take("b.x").take("b.x.y").hold("nom_1", "b.x")
    row = move_places(row, "a", "b.x", 1, {"b.x": 1, "b.x.y": 1})
    assert places(row) == {"a": 5, "b": 5, "b.x": 4}
    assert (row.free_in("b.x"), row.free_in("b")) == (1, 1)


@pytest.mark.parametrize(("giver", "taker", "count"), [("a", "a", 1), ("a", "b", 0), (None, None, 1), ("a", "b", -2)])
def test_odd_transfers_are_refused(giver: str | None, taker: str | None, count: int) -> None:
    with pytest.raises(Refusal):
        move_places(seats(a=6, b=3), giver, taker, count, {})


def test_unused_places_are_those_nobody_is_nominated_for() -> None:
    row = seats(a=6, a_b=3, b=2).take("a")
    assert unused(row, {"a.b": 1, "a.z": 1, "b.x": 4}) == {"a": 1, "a.b": 2}


def test_places_are_due_from_the_first_second_of_the_day() -> None:
    day = date(2020, 5, 1)
    assert is_due(day, day)
    assert not is_due(day, date(2020, 4, 30))
    assert not is_due(None, day)


def test_a_room_made_smaller_lets_places_go_back_but_none_be_added() -> None:
    row = seats(10, a=6, b=4).with_capacity(7)
    assert row.pool == 0
    assert places(move_places(row, "a", None, 2, {}))["a"] == 4
    with pytest.raises(Refusal, match="合计11个"):
        row.allot([("b", 5)], {})


step = st.one_of(
    st.tuples(st.just("take"), st.sampled_from(UNITS)),
    st.tuples(st.just("give_back"), st.integers(0, 30)),
    st.tuples(st.just("hold"), st.sampled_from(UNITS)),
    st.tuples(st.just("take_held"), st.integers(0, 30)),
    st.tuples(st.just("let_go"), st.integers(0, 30)),
    st.tuples(st.just("swap_out"), st.integers(0, 30)),
    st.tuples(st.just("allot"), st.sampled_from(UNITS), st.integers(0, 6)),
    st.tuples(st.just("move"), st.sampled_from((None, *UNITS)), st.sampled_from((None, *UNITS)), st.integers(0, 4)),
    st.tuples(st.just("release"), st.lists(st.sampled_from(UNITS), max_size=4)),
)


@settings(max_examples=300)
@given(st.lists(step, max_size=60), st.integers(0, 12))
def test_no_sequence_oversells_the_term_or_a_unit(steps: list[tuple], capacity: int) -> None:
    row, taken, keys = Seats("term_1", capacity), [], 0
    for each in steps:
        before = places(row)
        with contextlib.suppress(Refusal):
            row, keys = _apply(row, each, taken, keys)
        _check(row, taken)
        if each[0] == "move":
            top = sum(item.places for item in row.allotments if row.above(item.unit_id) is None)
            assert top + row.pool == capacity, (before, each)


def _apply(row: Seats, each: tuple, taken: list[str], keys: int) -> tuple[Seats, int]:
    name, *args = each
    counts = Counter(taken)
    match name:
        case "take":
            row = row.take(args[0])
            taken.append(args[0])
        case "give_back" if taken:
            row = row.give_back(taken.pop(args[0] % len(taken)))
        case "hold":
            row, keys = row.hold(f"k{keys}", args[0]), keys + 1
        case "take_held" if row.holds:
            held = row.holds[args[0] % len(row.holds)]
            row = row.take_held(held.key)
            taken.append(held.unit_id)
        case "let_go" if row.holds:
            row = row.let_go(row.holds[args[0] % len(row.holds)].key)
        case "swap_out" if taken:
            row, keys = row.swap_out(f"k{keys}", taken.pop(args[0] % len(taken))), keys + 1
        case "allot":
            row = row.allot([(args[0], args[1])], counts)
        case "move":
            row = move_places(row, args[0], args[1], args[2], counts)
        case "release":
            for unit_id, count in unused(row, Counter(args[0])).items():
                row = move_places(row, unit_id, None, count, counts)
    return row, keys


def _check(row: Seats, taken: list[str]) -> None:
    assert row.admitted == len(taken)
    assert row.occupied <= row.capacity
    assert row.unallotted >= 0
    for item in row.allotments:
        assert item.admitted == sum(lies_in(unit, item.unit_id) for unit in taken)
        assert row.occupied_in(item) <= item.places
        assert row.free_in(item.unit_id) >= 0
        assert sum(part.places for part in row.below(item.unit_id)) <= item.places
