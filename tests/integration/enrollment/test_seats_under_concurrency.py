"""Whoever admits, imports and withdraws at once: no seat is sold twice, nobody sits in two overlapping terms."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.enrollment import contract, store
from services.enrollment.service import EnrollmentService
from shared.clock import SettableClock
from shared.errors import Fault
from shared.runtime.testing import ServiceHarness
from tests.integration.enrollment.conftest import OPENING, TITLES, Desk, line

UNITS = ("donghu", "nanshan")
TERMS = {f"term_{programme}": OPENING + timedelta(days=shift) for programme, shift in ((1, 0), (2, 3), (3, 20))}
OVERLAPPING = {"term_1", "term_2"}

wishes = st.lists(
    st.tuples(st.integers(1, 6), st.sampled_from([1, 2, 3]), st.sampled_from(UNITS)),
    min_size=4,
    max_size=14,
    unique=True,
)
capacities = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4))


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # shrinking would take minutes on a real store
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(wishes=wishes, capacities=capacities, splits=st.integers(0, 4))
def test_no_seat_is_sold_twice_and_nobody_sits_in_two_overlapping_terms(
    make_store: Callable[..., Any],
    store_prefix: str,
    wishes: list[tuple[int, int, str]],
    capacities: tuple[int, ...],
    splits: int,
) -> None:
    kept = make_store(store.SCHEMA, clock=SettableClock(datetime(2020, 4, 1, 1, 0, tzinfo=UTC)))
    try:
        desk = Desk(ServiceHarness(EnrollmentService, kept))
        _prepare(desk, wishes, capacities, splits)
        _at_once(desk)
        _check(desk, capacities)
    finally:
        kept.drop()


def _prepare(desk: Desk, wishes: list[tuple[int, int, str]], capacities: tuple[int, ...], splits: int) -> None:
    for unit in UNITS:
        desk.unit(f"city.{unit}")
    for (term_id, starts), capacity, programme in zip(TERMS.items(), capacities, TITLES, strict=True):
        desk.place(term_id, programme, 1, starts, capacity=capacity)
        first = min(splits, capacity)
        desk.allot(term_id, donghu=first, nanshan=capacity - first)
    # With the rules switched off everything may be accepted: admission alone has to hold the line.
    for plugin in list(desk.harness.kit.plugins.of_kind("eligibility_rules")):
        desk.harness.kit.plugins.disable(plugin.key)
    for unit in UNITS:
        lines = [line(person, programme) for person, programme, its in wishes if its == unit]
        if lines:
            desk.file(f"city.{unit}", lines)
    if desk.nominations(state="filed"):
        desk.accept_all()


def _at_once(desk: Desk) -> None:
    start = threading.Barrier(5)
    broken: list[BaseException] = []

    def admit(term_id: str) -> None:
        start.wait()
        for _ in range(2):
            try:
                desk.call(contract.ADMIT_TERM, {"term_id": term_id})
            except Fault as fault:
                if not fault.transient and fault.code != "stale-version":
                    broken.append(fault)
            except BaseException as error:
                broken.append(error)

    threads = [
        threading.Thread(target=admit, args=(term,)) for term in ("term_1", "term_1", "term_2", "term_2", "term_3")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not broken, broken
    for term_id in TERMS:  # whoever lost every race may still take what is left
        desk.call(contract.ADMIT_TERM, {"term_id": term_id})


def _check(desk: Desk, capacities: tuple[int, ...]) -> None:
    view = desk.harness.store.view(desk.harness.kit.own_context())
    admitted = view.rows(store.NOMINATIONS).find({"state": "admitted"})
    by_term = Counter(row["term_id"] for row in admitted)
    by_unit = Counter((row["term_id"], row["unit_id"]) for row in admitted)
    for (term_id, _), capacity in zip(TERMS.items(), capacities, strict=True):
        seats = view.rows(store.SEATS).get(term_id)
        assert by_term[term_id] == seats["admitted"] <= capacity
        for item in seats["allotments"]:
            assert by_unit[(term_id, item["unit_id"])] == item["admitted"] <= item["places"]
    seats_of = Counter(row["person_id"] for row in admitted if row["term_id"] in OVERLAPPING)
    assert all(count == 1 for count in seats_of.values())
    double = Counter((row["person_id"], row["term_id"]) for row in admitted)
    assert all(count == 1 for count in double.values())
    announced = Counter(event.data["nomination_id"] for event in desk.harness.emitted(contract.TRAINEE_ADMITTED))
    assert announced == Counter(row["_id"] for row in admitted)
    for person in view.rows(store.PEOPLE).find({}):
        kept = {item["nomination_id"] for item in person["engagements"] if item["admitted"]}
        assert kept == {row["_id"] for row in admitted if row["person_id"] == person["_id"]}


def test_two_units_importing_the_same_new_people_at_once_both_succeed(desk: Desk) -> None:
    desk.place("term_1")
    desk.place("term_3", programme=3, starts=OPENING + timedelta(days=60))
    for unit in UNITS:
        desk.unit(f"city.{unit}")
    start = threading.Barrier(2)
    rosters: dict[str, dict[str, Any]] = {}
    broken: list[BaseException] = []

    def file(unit: str, programme: int) -> None:
        start.wait()
        try:
            rosters[unit] = desk.file(f"city.{unit}", [line(serial, programme) for serial in range(1, 31)])
        except BaseException as error:
            broken.append(error)

    threads = [threading.Thread(target=file, args=pair) for pair in (("donghu", 1), ("nanshan", 3))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not broken, broken
    assert all(roster["state"] == "done" and roster["counts"]["warned"] == 30 for roster in rosters.values())
    view = desk.harness.store.view(desk.harness.kit.own_context())
    people = view.rows(store.PEOPLE).find({})
    assert len(people) == 30
    assert all(len(person["engagements"]) == 2 for person in people)
