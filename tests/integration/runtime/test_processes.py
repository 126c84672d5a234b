"""Long processes: every step once, resumed wherever the service died, taken back in reverse when a step is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from marshmallow import fields

from shared.contracts import Operation, Reply, Request, ServiceContract
from shared.errors import Conflict, Unavailable
from shared.messaging import Call, Delivery, handles, serves
from shared.runtime import Kit, Work
from shared.runtime.process import ROWS, Effect, Process, Processes, ProcessRunning, Step, process_advanced
from shared.runtime.testing import ServiceHarness
from shared.security.caller import Role
from shared.storage import Collection, Store, StoreSchema, Transaction
from shared.wording import Words

MakeStore = Callable[..., Store]
LEDGER = Collection("ledger")
ADVANCED = process_advanced("moving")


class Died(BaseException):
    """Stands for the process ending: nothing catches it."""


class Refused(Conflict):
    code = "moving.refused"
    title = Words("拒绝", "Refused")


class Begin(Request):
    subject = fields.String(required=True)


class Begun(Reply):
    process_id = fields.String(required=True)


BEGIN = Operation(
    "begin", Words("开始", "Begin"), "command", "POST", "/moves", Begin, Begun,
    frozenset({Role.ORGANISATION_DEPARTMENT}), errors=(ProcessRunning,),
)  # fmt: skip
WAKE = Operation(
    "wake", Words("唤醒", "Wake"), "command", "POST", "/wakes", Begun, Begun, frozenset({Role.ORGANISATION_DEPARTMENT})
)
CONTRACT = ServiceContract("moving", Words("搬迁", "Moving"), (BEGIN, WAKE), (ADVANCED,), consumes=(ADVANCED.type,))


class World:
    """What the steps meet outside: where to die, what to refuse, what is not there yet."""

    def __init__(self) -> None:
        self.dies_at: str | None = None
        self.refuses: set[str] = set()
        self.unavailable: set[str] = set()
        self.waits_at: str | None = None

    def meet(self, place: str) -> None:
        if self.dies_at == place:
            self.dies_at = None
            raise Died(place)
        if place in self.refuses:
            raise Refused("不行", "no")
        if place in self.unavailable:
            self.unavailable.discard(place)
            raise Unavailable("稍后", "later")


WORLD = World()


def _side(name: str, way: str) -> Callable[[Work, dict[str, Any]], Effect | None]:
    def ask(work: Work, facts: dict[str, Any]) -> Effect | None:
        WORLD.meet(f"{way} {name} asking")
        if WORLD.waits_at == name:
            return None

        def effect(tx: Transaction) -> dict[str, Any]:
            row = tx.rows(LEDGER).one({"_id": "ledger"}) or tx.rows(LEDGER).insert({"_id": "ledger", "lines": []})
            tx.rows(LEDGER).save({**row, "lines": [*row["lines"], f"{way} {name}"]})
            WORLD.meet(f"{way} {name} writing")
            return {f"{way}_{name}": len(row["lines"])}

        return effect

    return ask


STEPS = ("rooms", "letters", "fees")
MOVE = Process("move", tuple(Step(name, _side(name, "do"), _side(name, "undo")) for name in STEPS))
PROCESSES = Processes(ADVANCED, (MOVE,))


class MovingService:
    name = "moving"
    kit = Kit(CONTRACT, StoreSchema("moving", (LEDGER, ROWS)))

    @serves(BEGIN)
    def begin(self, call: Call) -> dict[str, Any]:
        return self.kit.command(
            call, lambda tx, asked: {"process_id": PROCESSES.begin(tx, "move", {"asked": 1}, subject=asked["subject"])}
        )

    @serves(WAKE)
    def wake(self, call: Call) -> dict[str, Any]:
        def body(tx: Transaction, asked: dict[str, Any]) -> dict[str, Any]:
            PROCESSES.wake(tx, asked["process_id"])
            return asked

        return self.kit.command(call, body)

    @handles(ADVANCED)
    def on_advanced(self, delivery: Delivery) -> None:
        PROCESSES.advance(self.kit.work(delivery))


@pytest.fixture
def moving(make_store: MakeStore) -> ServiceHarness:
    WORLD.__init__()  # type: ignore[misc]
    return ServiceHarness(MovingService, make_store(MovingService.kit.schema))


def settle(moving: ServiceHarness) -> int:
    """Deliver until nothing is left, each event twice; an event whose handler dies or must wait comes again."""
    died = 0
    while batch := moving.take():
        for each in batch:
            for _ in range(2):
                while True:
                    try:
                        moving.deliver(ADVANCED, each.data, event_id=each.id)
                        break
                    except (Died, Unavailable):
                        died += 1
    return died


def begun(moving: ServiceHarness) -> str:
    return str(moving.call(BEGIN, {"subject": "term_1"})["process_id"])


def ledger(moving: ServiceHarness) -> list[str]:
    row = moving.store.view(moving.kit.own_context()).rows(LEDGER).one({"_id": "ledger"})
    return list(row["lines"]) if row else []


def state(moving: ServiceHarness, process_id: str) -> dict[str, Any]:
    return moving.store.view(moving.kit.own_context()).rows(ROWS).get(process_id)


DONE = [f"do {name}" for name in STEPS]
PLACES = [f"do {name} {moment}" for name in STEPS for moment in ("asking", "writing")]


@pytest.mark.parametrize("place", [None, *PLACES])
def test_a_process_that_dies_anywhere_goes_on_and_does_every_step_once(
    moving: ServiceHarness, place: str | None
) -> None:
    process_id = begun(moving)
    WORLD.dies_at = place
    assert settle(moving) == (place is not None)
    assert ledger(moving) == DONE
    row = state(moving, process_id)
    assert row["state"] == "done"
    assert row["facts"] == {"asked": 1, "do_rooms": 0, "do_letters": 1, "do_fees": 2}


@pytest.mark.parametrize("refused", ["do fees asking", "do fees writing"])
@pytest.mark.parametrize(
    "place", [None, *(f"undo {name} {moment}" for name in STEPS[:2] for moment in ("asking", "writing"))]
)
def test_a_refused_step_takes_the_others_back_in_reverse_wherever_it_dies(
    moving: ServiceHarness, refused: str, place: str | None
) -> None:
    process_id = begun(moving)
    WORLD.refuses, WORLD.dies_at = {refused}, place
    assert settle(moving) == (place is not None)
    assert ledger(moving) == ["do rooms", "do letters", "undo letters", "undo rooms"]
    row = state(moving, process_id)
    assert row["state"] == "undone"
    assert row["failure"]["step"] == "fees"
    assert row["failure"]["code"] == "moving.refused"


def test_what_is_only_unavailable_is_tried_again(moving: ServiceHarness) -> None:
    process_id = begun(moving)
    WORLD.unavailable = {"do letters asking"}
    assert settle(moving) == 1
    assert state(moving, process_id)["state"] == "done"


def test_a_compensation_that_is_refused_waits_for_a_person(moving: ServiceHarness) -> None:
    process_id = begun(moving)
    WORLD.refuses = {"do fees asking", "undo letters asking"}
    settle(moving)
    row = state(moving, process_id)
    assert (row["state"], row["stuck_on"]["step"]) == ("stuck", "letters")
    with pytest.raises(ProcessRunning):
        begun(moving)
    WORLD.refuses = set()
    moving.store.transact(
        moving.kit.own_context(),
        lambda tx: {"again": PROCESSES.retry(tx, process_id)},
        operation="retry",
    )
    settle(moving)
    assert state(moving, process_id)["state"] == "undone"
    assert ledger(moving) == ["do rooms", "do letters", "undo letters", "undo rooms"]


def test_a_process_waits_until_it_is_woken(moving: ServiceHarness) -> None:
    process_id = begun(moving)
    WORLD.waits_at = "letters"
    settle(moving)
    assert state(moving, process_id)["state"] == "waiting"
    WORLD.waits_at = None
    moving.call(WAKE, {"process_id": process_id})
    settle(moving)
    assert state(moving, process_id)["state"] == "done"
    assert ledger(moving) == DONE


def test_a_call_that_comes_between_looking_and_waiting_is_not_lost(moving: ServiceHarness) -> None:
    process_id = begun(moving)
    WORLD.waits_at = "rooms"
    moving.call(WAKE, {"process_id": process_id})  # it still runs: it has looked, or is about to
    (first,) = moving.take()
    moving.deliver(ADVANCED, first.data, event_id=first.id)
    WORLD.waits_at = None
    settle(moving)
    assert state(moving, process_id)["state"] == "done"


def test_two_of_a_kind_do_not_run_for_one_subject(moving: ServiceHarness) -> None:
    first = begun(moving)
    with pytest.raises(ProcessRunning) as refused:
        begun(moving)
    assert refused.value.details["process_id"] == first
    settle(moving)
    assert begun(moving) != first
