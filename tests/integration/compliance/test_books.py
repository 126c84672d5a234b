"""After a busy week of rolls, corrections, leave and new timetables, the book says what a recount says."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from services.compliance import contract
from services.compliance.domain.standing import Standing, recount, tally
from services.compliance.queries.timetable import covered, timetable_now
from services.compliance.store.attendance import BOOKS, ROLLS, marks_of, standing_of
from services.scheduling.contract import TIMETABLE_ISSUED
from shared.errors import Conflict, NotFound
from tests.fixtures.clock import StillClock
from tests.integration.compliance.compliance_city import SCHOOL, City, at, session, timetable, week

PEOPLE = ("n1", "n2", "n3", "n4")
STATUSES = ("present", "late", "left_early", "absent", "leave")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_book_equals_a_recount(city: City, clock: StillClock, seed: int) -> None:
    chance = random.Random(seed)
    extra = session(date(2020, 5, 20), "evening", 2)
    tables = [week(), week()[:-1], [*week(), extra], [*week()[1:], extra]]
    city.open_term(*PEOPLE)
    clock.set(at(20, "21:00"))
    version, refused = 1, 0
    for _ in range(30):
        act = chance.random()
        try:
            if act < 0.5:
                which = chance.choice(tables[2])["session_id"]
                marks = {who: chance.choice(STATUSES) for who in chance.sample(PEOPLE, 2)}
                city.roll(which, others=chance.choice([None, "present"]), reason="更正", **marks)
            elif act < 0.75:
                day, half = chance.randint(18, 22), chance.choice(["morning", "afternoon"])
                city.grant(city.leave(chance.choice(PEOPLE), (day, half), by=SCHOOL), pass_limit=True)
            elif act < 0.85:
                leaves = city.ask(contract.LIST_LEAVES, SCHOOL, state="granted")["items"]
                if leaves:
                    city.ask(contract.CANCEL_LEAVE, SCHOOL, leave_id=chance.choice(leaves)["leave_id"])
            else:
                version += 1
                city.harness.deliver(TIMETABLE_ISSUED, timetable(chance.choice(tables), version=version))
        except (Conflict, NotFound, contract.Unfounded):
            refused += 1  # overlapping leave, a session that fell away: refused, and nothing half-saved
        _agrees(city)
    assert (version > 1, refused < 25) == (True, True)


def _agrees(city: City) -> None:
    view = city.harness.store.view(city.harness.kit.own_context())
    table: Any = timetable_now(view, "term_1")
    book = view.rows(BOOKS).get("term_1")
    rolls = {row["session_id"]: marks_of(row) for row in view.rows(ROLLS).find({"term_id": "term_1"})}
    expected = recount(table, rolls, covered(view, table))
    kept = {row["nomination_id"]: standing_of(row) for row in book["people"]}
    for who in PEOPLE:
        assert kept.get(who, Standing()) == expected.get(who, Standing()), who
    for row in book["people"]:
        figures = tally(standing_of(row), table, book["rolled"])
        assert (row["leave_hours"], row["absent_hours"], row["total_hours"]) == (
            figures.leave_hours,
            figures.absent_hours,
            table.total_hours,
        )
        assert figures.attended_hours + figures.leave_hours + figures.absent_hours <= figures.total_hours
