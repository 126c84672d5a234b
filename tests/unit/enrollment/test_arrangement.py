"""Rooms and groups: nobody shares with the other sex, nobody is moved without need, groups mix units."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.domain.arrangement import (
    Guest,
    Place,
    Room,
    arrange,
    conveners,
    refuse_odd_rooms,
    refuse_unsuitable,
)
from services.enrollment.domain.wording import Refusal


def guest(name: str, sex: str = "male", unit: str = "a", **more: int | str) -> Guest:
    return Guest(name, sex, unit, **more)  # type: ignore[arg-type]


def test_people_of_one_unit_share_and_sexes_do_not() -> None:
    rooms = [Room("101", 2), Room("102", 2), Room("103", 2)]
    people = [guest("n1"), guest("n2", unit="b"), guest("n3"), guest("n4", "female")]
    places = arrange(rooms, people, {}, 10)
    assert places["n1"].room == places["n3"].room
    assert len({places["n1"].room, places["n2"].room, places["n4"].room}) == 3


def test_a_room_kept_for_one_sex_takes_no_other() -> None:
    places = arrange([Room("101", 1, "female")], [guest("n1"), guest("n2", "female")], {}, 10)
    assert (places["n1"].room, places["n2"].room) == (None, "101")


def test_whoever_has_a_place_keeps_it_and_a_newcomer_takes_that_of_the_person_replaced() -> None:
    rooms = [Room("101", 1), Room("102", 1)]
    before = {"n1": Place("102", 3), "n2": Place("101", 1)}
    places = arrange(rooms, [guest("n1"), guest("n9", replaces="n2")], before, 10)
    assert places == {"n1": Place("102", 3), "n9": Place("101", 1)}


def test_a_replacement_of_the_other_sex_keeps_the_group_and_gets_another_room() -> None:
    rooms = [Room("101", 2), Room("102", 2)]
    before = {"n1": Place("101", 1), "n2": Place("101", 2)}
    places = arrange(rooms, [guest("n1"), guest("n9", "female", replaces="n2")], before, 10)
    assert (places["n9"].room, places["n9"].group) == ("102", 2)


def test_groups_mix_units_and_the_highest_in_rank_convenes() -> None:
    people = [guest(f"n{number}", unit="ab"[number % 2], rank=number) for number in range(8)]
    places = arrange([], people, {}, 4)
    groups: dict[int | None, Counter[str]] = {}
    for each in people:
        groups.setdefault(places[each.nomination_id].group, Counter())[each.unit_id] += 1
    assert groups == {1: Counter(a=2, b=2), 2: Counter(a=2, b=2)}
    heads = conveners(people, places)
    assert set(heads.values()) >= {"n7"}
    assert len(heads) == 2


def test_rooms_named_twice_and_moves_that_cannot_be_are_refused() -> None:
    with pytest.raises(Refusal, match="101"):
        refuse_odd_rooms([Room("101", 1), Room("101", 2)])
    rooms = [Room("101", 2), Room("102", 1)]
    people = [guest("n1"), guest("n2", "female"), guest("n3")]
    places = {"n1": Place("101"), "n2": Place("102"), "n3": Place(None)}
    refuse_unsuitable(rooms, people, places | {"n3": Place("101")}, people[2])
    refuse_unsuitable(rooms, people, places, people[2])
    for room in ("102", "109"):
        with pytest.raises(Refusal, match=room):
            refuse_unsuitable(rooms, people, places | {"n3": Place(room)}, people[2])


people = st.lists(st.tuples(st.sampled_from(["male", "female"]), st.sampled_from("abc"), st.booleans()), max_size=25)
rooms = st.lists(st.tuples(st.integers(1, 3), st.sampled_from([None, "male", "female"])), max_size=10)


@given(people, rooms, st.integers(2, 8))
def test_no_bed_is_given_twice_and_arranging_again_changes_nothing(
    wanted: list[tuple[str, str, bool]], offered: list[tuple[int, str | None]], size: int
) -> None:
    house = [Room(str(number), beds, kept) for number, (beds, kept) in enumerate(offered)]
    guests = [Guest(f"n{number}", sex, unit) for number, (sex, unit, _) in enumerate(wanted)]
    places = arrange(house, guests, {}, size)
    _check(house, guests, places)
    assert arrange(house, guests, places, size) == places
    rest = [each for each, (_, _, stays) in zip(guests, wanted, strict=True) if stays]
    later = arrange(house, rest, places, size)
    _check(house, rest, later)
    assert all(
        later[each.nomination_id] == places[each.nomination_id] for each in rest if places[each.nomination_id].room
    )


def _check(house: list[Room], guests: list[Guest], places: dict[str, Place]) -> None:
    for room in house:
        inside = [each for each in guests if places[each.nomination_id].room == room.number]
        assert len(inside) <= room.beds
        assert len({each.sex for each in inside}) <= 1
        assert all(room.kept_for in (None, each.sex) for each in inside)
    assert all(places[each.nomination_id].group is not None for each in guests)
    assert len(places) == len(guests)
