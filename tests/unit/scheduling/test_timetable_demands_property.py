"""Whatever draft the check accepts can be laid out again, and whatever a scheduler lays out the check accepts."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.answering import placed_sessions
from services.scheduling.demanding import demand_of
from services.scheduling.domain.timetable import Session, Table, ordered, times_from, times_of
from services.scheduling.domain.timetable_check import check
from services.scheduling.domain.timetable_setting import Held, Setting
from services.scheduling.settling import settled
from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.exact import ExactScheduler
from services.scheduling.timetable.scheduler import Effort
from tests.unit.scheduling.timetable_worlds import DAYS, HALF_TIMES, LIMITS, session, setting, term
from tests.unit.scheduling.timetable_worlds import ROOMS as WORLD_ROOMS

EFFORT = Effort(proposals=50_000_000, workers=1)
SLOW = settings(max_examples=100, deadline=None)
ROOMS = {
    **WORLD_ROOMS,
    "hall": dataclasses.replace(WORLD_ROOMS["hall"], seats=60),  # on another campus than the others
    "aula": dataclasses.replace(WORLD_ROOMS["r1"], id="aula", title="礼堂", seats=120),
}
TERMS = (term("t1", days=DAYS[:2]), term("t2", "r2", days=DAYS[:2]))


@dataclasses.dataclass
class Week:
    """What other terms have issued, the drafts of two, and which sessions of them are to stay."""

    setting: Setting
    tables: dict[str, Table]
    keep: set[str]


@st.composite
def sessions(draw: st.DrawFn, id: str, room_id: str, odd: bool = False) -> Session:
    """A session somewhere in two days; ``odd``: it need not begin when the layout would let it."""
    half: Any = draw(st.sampled_from(["morning", "afternoon"]))
    form, hours = draw(st.sampled_from([("lecture", 1), ("lecture", 2), ("lecture", 3), ("lecture", 4), ("field", 2)]))
    offset = 0 if form == "field" else draw(st.integers(0, 4 - hours))
    start, end = times_of(half, offset, 4 if form == "field" else hours, 4, HALF_TIMES)
    if odd and form != "field":
        minute = draw(st.sampled_from([0, 5, 20, 35]))
        start, end = times_from(half, f"{start[:2]}:{min(59, int(start[3:]) + minute):02}", hours, 4, HALF_TIMES)
    return session(
        id,
        draw(st.integers(0, 1)),
        half,
        form=form,
        hours=hours,
        starts_at=start,
        ends_at=end,
        lecturer_id=draw(st.sampled_from(["a", "b", None])),
        room_id=None if form == "field" else room_id,
        course_id=draw(st.sampled_from(["x", f"course-{id}"])),
    )


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """Drafts that break no rule, on their own or against what is issued, most of their half-days full."""
    others: list[Held] = []
    for number in range(draw(st.integers(0, 2))):
        made = draw(sessions(f"o{number}", draw(st.sampled_from(["hall", "r1"])), odd=True))
        others.append(Held("t9", made))
    known = setting(*TERMS, others=tuple(others), rooms=ROOMS)
    tables: dict[str, Table] = {"t1": (), "t2": ()}
    keep: set[str] = set()

    def add(term_id: str, made: Session) -> bool:
        more = tables | {term_id: ordered((*tables[term_id], made))}
        if check(known, more):
            return False
        tables.update(more)
        return True

    if draw(st.booleans()):
        joint = dataclasses.replace(draw(sessions("j1", "aula")), form="lecture", room_id="aula", joint_id="j")
        both = {"t1": (joint,), "t2": (dataclasses.replace(joint, session_id="j2"),)}
        if not check(known, both):
            tables.update(both)
            keep |= draw(st.sampled_from([set(), {"j2"}]))
    for owner in TERMS[: draw(st.integers(1, 2))]:
        for place in range(4):
            offset = 0
            while offset < 4:
                id, stays = f"{owner.id}-{place}-{offset}", draw(st.integers(0, 3)) == 0
                made = draw(sessions(id, draw(st.sampled_from([owner.room_id, "hall"])) if stays else owner.room_id))
                hours = min(made.hours, 4 - offset)
                half: Any = ("morning", "afternoon")[place % 2]
                start, end = times_of(half, offset, hours, 4, HALF_TIMES)
                if stays and draw(st.booleans()):
                    later = f"{start[:2]}:{int(start[3:]) + draw(st.integers(0, 9)):02}"
                    start, end = times_from(half, later, hours, 4, HALF_TIMES)
                moved = {"on": DAYS[place // 2], "half": half, "starts_at": start, "ends_at": end, "hours": hours}
                made = dataclasses.replace(made, **moved, form="lecture", room_id=made.room_id or owner.room_id)
                if add(owner.id, made) or add(owner.id, made := dataclasses.replace(made, lecturer_id=None)):
                    keep |= {id} if stays else set()
                offset += hours
    return Week(known, tables, keep)


def arranged(week: Week) -> dict[str, Table] | None:
    demand = demand_of(week.setting, week.tables, week.keep, {})
    outcome = ExactScheduler().schedule(demand.problem, EFFORT, lambda _: None, lambda: False)
    if outcome.timetable is None:
        return None
    tidy = settled(demand.problem, outcome.timetable)
    assert assess(demand.problem, tidy).cost <= assess(demand.problem, outcome.timetable).cost
    return {
        id: placed_sessions(demand.problem, tidy, demand.sittings, table, LIMITS) for id, table in week.tables.items()
    }


@SLOW
@given(weeks())
def test_a_draft_that_breaks_nothing_is_laid_out_again_and_breaks_nothing(week: Week) -> None:
    after = arranged(week)
    assert after is not None
    assert check(week.setting, after) == []
    for id, table in week.tables.items():
        assert {each for each in table if each.session_id in week.keep} <= set(after[id])
        assert sorted(each.session_id for each in table) == sorted(each.session_id for each in after[id])


@SLOW
@given(st.lists(sessions("s", "r1"), max_size=14), st.lists(sessions("s", "r2"), max_size=14))
def test_any_sessions_are_laid_out_without_a_breach_or_not_at_all(first: list[Session], second: list[Session]) -> None:
    tables = {
        id: ordered(dataclasses.replace(each, session_id=f"{id}-{n}") for n, each in enumerate(made))
        for id, made in (("t1", first), ("t2", second))
    }
    after = arranged(Week(setting(*TERMS), tables, set()))
    assert after is None or check(setting(*TERMS), after) == []
