"""What keeps a crowded term out is said as if every slot and room had been looked at, and few of them are."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deploy.sample.years import made_up_year
from services.scheduling.domain import placement_reasons
from services.scheduling.domain.placement import Problem, Term
from services.scheduling.domain.placement_board import Board, Obstacles
from services.scheduling.domain.placement_greedy import Greedy
from services.scheduling.domain.placement_grid import Grid, Slot
from services.scheduling.domain.placement_reasons import explain, explain_all
from services.scheduling.domain.placement_spans import Axis, Span
from tests.unit.scheduling.year_problems import problems

CROWD = {"beds-exceeded", "rooms-taken", "lecturer-taken", "programme-spacing", "order"}


def crowded(year: Problem, share: float = 0.45) -> Problem:
    campuses = tuple(dataclasses.replace(each, beds=int(each.beds * share)) for each in year.campuses)
    return dataclasses.replace(year, campuses=campuses)


def left_over(year: Problem) -> tuple[Board, list[Term]]:
    board = Greedy(Grid(Axis(year))).best()
    return board, [term for term in year.terms if term.id not in board.placed]


def expected(board: Board, term: Term) -> tuple[str, dict[str, Any]]:
    """Look at every slot in every room and return the code of the reason with what it must say."""
    found: list[tuple[Slot, str, Obstacles]] = [
        (slot, room.id, board.obstacles(term, slot, room)) for slot in board.grid.slots[term.id] for room in slot.rooms
    ]
    alone = [each for each in found if not each[2].siblings]
    idle = [each for each in alone if not each[2].lecturer_busy]
    if short := [each for each in idle if each[2].beds_short and not each[2].room_taken_by]:
        slot, room_id, there = min(short, key=_nearest)
        dates = [{"day": day.isoformat(), "excess": excess} for day, excess in there.beds_short]
        campus_id = board.axis.rooms[room_id].campus_id
        said = {"campus_id": campus_id, "starts_on": slot.span.starts_on.isoformat(), "dates": dates}
        return "beds-exceeded", said | ({"bed_kind": there.bed_kind} if there.bed_kind else {})
    if taken := [each for each in idle if each[2].room_taken_by]:
        by = sorted({id for *_, there in taken for id in there.room_taken_by}, key=lambda id: _opening(board, id))
        return "rooms-taken", {"rooms": sorted({room_id for _, room_id, _ in taken}), "taken_by": by}
    if busy := [each for each in alone if each[2].lecturer_busy]:
        by = sorted({id for *_, there in busy for id in there.lecturer_busy}, key=lambda id: _opening(board, id))
        return "lecturer-taken", {"taken_by": by}
    others = {id for *_, there in found for id in there.siblings}
    same = all(board.terms[id].programme_id == term.programme_id for id in others)
    terms = sorted(others, key=lambda id: (board.terms[id].ordinal, board.terms[id].programme_ordinal, id))
    return "programme-spacing" if same else "order", {"terms": terms}


def _nearest(each: tuple[Slot, str, Obstacles]) -> tuple[int, int, date]:
    short = each[2].beds_short
    return max(excess for _, excess in short), len(short), each[0].span.starts_on


def _opening(board: Board, term_id: str) -> tuple[date, str]:
    return board.placed[term_id].starts_on, term_id


def agree(board: Board, left: list[Term]) -> None:
    for term in left:
        (reason, *_) = explain(board, term).reasons
        if reason.code in CROWD:
            code, details = expected(board, term)
            assert (reason.code, {name: reason.details[name] for name in details}) == (code, details)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_a_reason_is_that_of_looking_at_every_slot_in_every_room(year: Problem) -> None:
    agree(*left_over(year))


@pytest.mark.parametrize("seed", [1, 2])
def test_so_it_is_in_crowded_years(seed: int) -> None:
    year = made_up_year(60, seed)
    board, left = left_over(crowded(year))
    assert len(left) > 5
    agree(board, left)
    board, left = left_over(dataclasses.replace(year, rooms=year.rooms[::3]))
    assert len(left) > 5
    agree(board, left)


def test_every_slot_is_looked_at_once_and_not_once_a_room(monkeypatch: pytest.MonkeyPatch) -> None:
    board, left = left_over(crowded(made_up_year(60, 1)))
    looks: Counter[tuple[str, Span]] = Counter()
    siblings = Board.siblings

    def counted(self: Board, term: Term, span: Span) -> tuple[str, ...]:
        looks[term.id, span] += 1
        return siblings(self, term, span)

    monkeypatch.setattr(Board, "siblings", counted)
    explain_all(board, left)
    assert looks
    assert max(looks.values()) == 1


def test_where_there_are_too_many_slots_all_terms_look_at_fewer_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    board, left = left_over(crowded(made_up_year(60, 1)))
    slots = {term.id: len(board.grid.slots[term.id]) for term in left}
    enough = sum(slots.values()) // 2
    monkeypatch.setattr(placement_reasons, "_LOOKS", enough)
    unplaced = explain_all(board, left)
    looked = {each.term_id: each.reasons[0].details.get("looked_at", slots[each.term_id]) for each in unplaced}
    assert sum(looked.values()) <= enough
    cut = [each for each in unplaced if looked[each.term_id] < slots[each.term_id]]
    assert cut
    for each in cut:
        (reason,) = each.reasons
        assert reason.details["openings"] == slots[each.term_id]
        assert f"只查看了其中{looked[each.term_id]}个" in reason.zh
        assert f"only {looked[each.term_id]} were looked at" in reason.en
    monkeypatch.setattr(placement_reasons, "_LOOKS", sum(slots.values()))
    assert all("looked_at" not in each.reasons[0].details for each in explain_all(board, left))


@given(st.lists(st.integers(0, 50), max_size=20), st.integers(0, 400))
def test_looks_are_shared_so_that_each_has_as_many_as_can_be(counts: list[int], together: int) -> None:
    def used(most: int) -> int:
        return sum(min(count, most) for count in counts)

    most = placement_reasons._level(counts, together)
    assert most == 1 or used(most) <= together
    assert used(most) == sum(counts) or used(most + 1) > together
