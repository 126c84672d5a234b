"""Solves that take more than one turn of their handler: what a scheduler spends without a word counts as well."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest

from services.scheduling import contract, timetabling
from services.scheduling.domain.wire import to_wire
from services.scheduling.timetable.exact import ExactScheduler
from services.scheduling.timetable.problem import Timetable
from services.scheduling.timetable.scheduler import Effort, Outcome, Progress, Status
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.solving import PROBLEM, ask, shown


class Quiet:
    """A child that may tell of a timetable at once, then works without a word until it is asked to stop."""

    def __init__(self, told: Progress | None, outcome: Outcome) -> None:
        self._told, self._outcome, self._asked = told, outcome, False

    def messages(self) -> Iterator[dict[str, Any] | None]:
        if self._told is not None:
            yield {"progress": to_wire(self._told)}
        while not self._asked:
            time.sleep(0.02)
            yield None
        yield {"outcome": to_wire(self._outcome)}

    def ask_to_stop(self) -> None:
        self._asked = True

    def end(self) -> None:
        raise AssertionError("a child that ends by itself is not ended")


class Deaf(Quiet):
    """A child that does not end when it is asked to."""

    status, last_words = -9, "-"

    def messages(self) -> Iterator[dict[str, Any] | None]:
        if self._told is not None:
            yield {"progress": to_wire(self._told)}
        while not self._asked:
            time.sleep(0.02)
            yield None

    def ask_to_stop(self) -> None:
        """Go on."""

    def end(self) -> None:
        self._asked = True


class Legs:
    """A school whose solves are taken by quiet children, a second each; ``orders`` are what they were given."""

    def __init__(self, school: School, monkeypatch: pytest.MonkeyPatch) -> None:
        self.school, self.orders = school, list[dict[str, Any]]()
        self.told: Progress | None = None
        self.tried, self.bound, self.status = 0, 0, cast("Status", "unknown")
        self.timetable: Timetable | None = None
        self.child: type[Quiet] = Quiet
        monkeypatch.setattr(timetabling, "started", self._started)
        monkeypatch.setattr(timetabling, "GRACE", 1e9)

    def run(self, most: int, **changes: Any) -> dict[str, Any]:
        return self.go_on(ask(self.school, **changes), most)

    def go_on(self, asked: dict[str, Any], most: int) -> dict[str, Any]:
        for _ in range(most):
            for each in self.school.harness.take():
                if each.type == contract.TIMETABLE_SOLVE_REQUESTED.type:
                    self.school.harness.deliver(contract.TIMETABLE_SOLVE_REQUESTED, each.data, event_id=each.id)
        return shown(self.school, asked)

    @contextmanager
    def _started(self, module: str, order: dict[str, Any]) -> Iterator[Quiet]:
        self.orders.append(order)
        yield self.child(self.told, Outcome(self.status, self.timetable, None, self.bound, 1.0, None, self.tried))


@pytest.fixture
def legs(school: School, monkeypatch: pytest.MonkeyPatch) -> Legs:
    return Legs(school, monkeypatch)


def test_a_scheduler_that_says_nothing_ends_when_its_seconds_are_over(legs: Legs) -> None:
    done = legs.run(4, seconds=2.5)
    assert (done["state"], done["status"], done["spent"]) == ("done", "unknown", 1.0)
    assert done["seconds_taken"] >= 2.5
    given = [order["effort"]["seconds"] for order in legs.orders]
    assert given[0] == 2.5
    assert given == sorted(given, reverse=True)
    assert given[1] <= 1.5
    assert len(given) <= 3


def test_a_leg_goes_on_where_the_clock_says_and_not_where_the_last_better_timetable_was(legs: Legs) -> None:
    legs.told = _early()
    between = legs.run(1, seconds=3)
    assert between["state"] == "running"
    assert 1 / 3 <= between["spent"] < 1
    assert between["seconds_taken"] >= 1
    legs.told = None
    done = legs.go_on(between, 3)
    assert (done["state"], done["status"], done["cost"]) == ("done", "feasible", between["cost"])
    assert [order["effort"]["seconds"] for order in legs.orders[:2]] == [3.0, 3.0]
    assert legs.orders[0]["head"] is None
    assert legs.orders[1]["head"]["spent"] >= between["spent"]


def test_what_a_leg_proved_still_holds_in_the_next(legs: Legs) -> None:
    early = _early()
    legs.told = dataclasses.replace(early, bound=early.cost - 2)
    asked = ask(legs.school, seconds=60)
    assert legs.go_on(asked, 1)["bound"] == early.cost - 2
    legs.told, legs.bound = early, early.cost - 1
    between = legs.go_on(asked, 1)
    assert (between["state"], between["bound"]) == ("running", early.cost - 1)
    legs.bound = 0
    assert legs.go_on(asked, 1)["bound"] == early.cost - 1


def test_a_timetable_as_cheap_as_an_earlier_leg_proved_is_proven_the_best(legs: Legs) -> None:
    early = _early()
    legs.told, legs.bound = early, early.cost
    between = legs.run(1, seconds=3)
    assert (between["state"], between["bound"], between["cost"]) == ("running", early.cost, early.cost)
    legs.told, legs.bound = None, 0
    done = legs.go_on(between, 3)
    assert (done["state"], done["status"]) == ("done", "optimal")


def test_proposals_are_spent_as_the_scheduler_counts_them(legs: Legs) -> None:
    legs.tried = 100_000
    done = legs.run(4, seconds=1, proposals=100_000)
    assert (done["state"], done["spent"]) == ("done", 1.0)
    assert [order["effort"]["proposals"] for order in legs.orders] == [100_000, 50_000]


def test_a_scheduler_that_counts_nothing_has_one_leg_of_proposals(legs: Legs) -> None:
    assert legs.run(2, seconds=1, proposals=100_000)["state"] == "done"
    assert len(legs.orders) == 1


def test_a_proof_that_comes_when_the_leg_is_over_ends_the_solve(legs: Legs) -> None:
    legs.status = "infeasible"
    done = legs.run(1, seconds=60)
    assert (done["state"], done["status"]) == ("done", "infeasible")


def test_a_last_timetable_that_breaks_a_rule_fails_the_solve_and_the_next_gets_its_turn(legs: Legs) -> None:
    legs.status, legs.timetable = "optimal", Timetable(())
    failed = legs.run(1, seconds=60)
    assert failed["state"] == "failed"
    assert "breaks a hard rule" in failed["failure"]["en"]
    assert ask(legs.school)["state"] == "running"


def test_a_child_that_does_not_end_with_its_leg_is_ended_and_the_next_leg_goes_on_from_what_it_told(
    legs: Legs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timetabling, "_PATIENCE", 0.3)
    legs.child, legs.told = Deaf, _early()
    between = legs.run(1, seconds=60)
    assert (between["state"], between["cost"]) == ("running", legs.told.cost)
    assert 1 / 60 < between["spent"] < 0.5
    legs.told = None
    again = legs.go_on(between, 1)
    assert again["state"] == "running"
    assert legs.orders[1]["head"]["timetable"]["lectures"] == between["timetable"]


def test_a_child_that_found_nothing_and_does_not_end_leaves_a_solve_without_a_timetable(
    legs: Legs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timetabling, "_PATIENCE", 0.3)
    legs.child = Deaf
    done = legs.run(1, seconds=1)
    assert (done["state"], done["status"], done["timetable"]) == ("done", "unknown", [])
    assert [each["rule"] for each in done["reasons"]] == ["not_found_in_time"]


def _early() -> Progress:
    found = ExactScheduler().schedule(PROBLEM, Effort(proposals=1000), lambda _: None, lambda: False)
    assert found.timetable is not None
    assert found.cost is not None
    return Progress(found.cost, 0, 0.1, found.timetable, 0.01)
