"""Where a session could go: what is said of each half-day is what a look at everything says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.contract.timetable_events import HALVES
from services.scheduling.domain import timetable_check
from services.scheduling.domain.timetable import Session, Table
from services.scheduling.domain.timetable_check import Breach, check
from services.scheduling.domain.timetable_edit import changed, followed, replaced
from services.scheduling.domain.timetable_moves import Moves
from services.scheduling.domain.timetable_setting import Held, Setting, Tables
from tests.unit.scheduling.timetable_worlds import DAYS, LIMITS, MONDAY, session, setting, tables, term


def everything(world: Setting, now: Tables, term_id: str, after: Session) -> tuple[list[Breach], int]:
    """Look at all tables before and after."""
    before = {_key(each) for each in check(world, now)}
    then = {**now, term_id: replaced(now[term_id], after)}
    if after.joint_id:
        then = {id: followed(table, after) for id, table in then.items()}
    found = check(world, then)
    broken = [each for each in found if _key(each) not in before]
    return broken, len(before - {_key(each) for each in found})


def _key(breach: Breach) -> tuple[Any, ...]:
    return breach.code, breach.term_ids, breach.session_ids


@given(own=tables().filter(bool), second=tables(), issued=tables(), data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_half_day_is_judged_as_by_a_look_at_everything(
    own: Table, second: Table, issued: Table, data: st.DataObject
) -> None:
    others = tuple(Held("t3", each) for each in issued)
    partners = tuple(held for held in others if held.session.joint_id)
    world = setting(term("t1"), term("t2", "r2"), others=others, joint_partners=partners)
    now = {"t1": own, "t2": second}
    moves, moved = Moves(world, now), data.draw(st.sampled_from(own))
    for day in DAYS:
        for half in HALVES:
            after = changed(moved, {"on": day, "half": half}, LIMITS)
            assert moves.judge("t1", after) == everything(world, now, "t1", after)


@pytest.mark.parametrize("days", [20, 60])
def test_how_long_a_term_is_makes_no_half_day_dearer_to_judge(days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[object] = []
    pair = timetable_check._Check._pair
    monkeypatch.setattr(timetable_check._Check, "_pair", lambda self, a, b: looked_at.append(a) or pair(self, a, b))
    every = tuple(MONDAY + timedelta(days=n) for n in range(days))
    own = tuple(session(f"s{n}{half}", n, half) for n in range(days) for half in ("morning", "afternoon"))
    others = tuple(Held(f"o{k}", each) for k in range(6) for each in own)
    moves = Moves(setting(term(days=every), others=others), {"t1": own})
    for day in every:
        moves.judge("t1", changed(own[0], {"on": day, "half": "morning"}, LIMITS))
    assert len(looked_at) / days < 2 * (4 + 24) * 4
