"""Long processes: explicit steps with their compensation, resumed after a crash at any step.

A process is a row of the service's own database and an event the service sends to itself. Each step is the handling of
one such event: what has to be asked is asked first, then one transaction takes the step's effect, the row's move and
the event for the next step together. Whatever dies in between comes again by redelivery, and nothing is done twice.

    RETIMING = Process("retiming", (Step("reserve_rooms", reserve, undo=release), Step("announce", announce)))
    PROCESSES = Processes(contract.PROCESS_ADVANCED, (RETIMING,))

    PROCESSES.begin(tx, "retiming", {"plan_id": …})                  # inside a command's transaction
    @handles(contract.PROCESS_ADVANCED)
    def on_process_advanced(self, delivery): PROCESSES.advance(self.kit.work(delivery))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.contracts import Event
from shared.contracts.process import process_advanced
from shared.errors import Conflict, Fault
from shared.identifiers import new_id
from shared.runtime.work import Work
from shared.storage import Collection, Index, Transaction
from shared.wording import Words

Facts = dict[str, Any]
Effect = Callable[[Transaction], Facts | None]
Do = Callable[[Work, Facts], Effect | None]
"""Asks and computes outside a transaction, and returns what to do inside it; ``None``: not yet, wait to be woken.

The effect returns facts (plain JSON) that later steps find. A transient fault brings the step again; any other fault
turns the process round: the steps done are undone, the last first.
"""

RUNNING, WAITING, UNDOING = "running", "waiting", "undoing"
DONE, UNDONE, STUCK = "done", "undone", "stuck"
STATES = (RUNNING, WAITING, UNDOING, DONE, UNDONE, STUCK)

ROWS = Collection(
    "processes",
    indexes=(Index((("kind", 1), ("subject", 1), ("state", 1))),),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "kind", "subject", "state", "step", "turn", "facts", "history"],
        "properties": {
            "kind": {"bsonType": "string"},
            "state": {"enum": list(STATES)},
            "step": {"bsonType": "int"},
            "turn": {"bsonType": "int"},
            "facts": {"bsonType": "object"},
            "history": {"bsonType": "array"},
        },
    },
)
"""Goes into the service's ``StoreSchema``."""


class ProcessRunning(Conflict):
    """Such a process of the same subject has not ended; ``details["process_id"]`` is that one."""

    code = "process-running"
    title = Words("同类流程尚未结束", "Such a process is still running")


@dataclass(frozen=True)
class Step:
    """One step. ``undo`` takes its effect back; a step without one has nothing to take back."""

    name: str
    do: Do
    undo: Do | None = None


@dataclass(frozen=True)
class Process:
    """A kind of process: its steps in order."""

    kind: str
    steps: tuple[Step, ...]


class Processes:
    """The processes of one service. ``event`` comes from ``process_advanced``."""

    def __init__(self, event: Event, kinds: Iterable[Process]) -> None:
        self._event = event
        self._kinds = {process.kind: process for process in kinds}

    def begin(self, tx: Transaction, kind: str, facts: Facts, *, subject: str) -> str:
        """Start a process within the transaction and return its id. ``facts``: plain JSON.

        Raises ``ProcessRunning`` while another of the same kind and subject has not ended.
        """
        alive = {"kind": kind, "subject": subject, "state": {"$in": [RUNNING, WAITING, UNDOING, STUCK]}}
        other = tx.rows(ROWS).one(alive)
        if other is not None:
            raise ProcessRunning(
                f"“{subject}”已有同类流程 {other['_id']} 尚未结束，请待其结束后再发起",
                f"process {other['_id']} of {subject!r} has not ended; start another when it has",
                process_id=other["_id"],
            )
        row = {
            "_id": new_id("process"),
            "kind": self._kinds[kind].kind,
            "subject": subject,
            "state": RUNNING,
            "step": 0,
            "turn": 0,
            "facts": facts,
            "history": [],
            "failure": None,
            "by": tx.caller.subject,
        }
        tx.rows(ROWS).insert(row)
        self._send(tx, row)
        return str(row["_id"])

    def wake(self, tx: Transaction, process_id: str) -> bool:
        """Let a waiting process look again, or one that is just about to wait; ``False`` when it has ended."""
        row = tx.rows(ROWS).get(process_id)
        if row["state"] == RUNNING:
            # It may have looked already and be about to wait: this save and that one collide.
            tx.rows(ROWS).save({**row, "woken": True})
            return True
        return self._resume(tx, process_id, WAITING, RUNNING)

    def retry(self, tx: Transaction, process_id: str) -> bool:
        """Let a process whose compensation failed try again, once a person has mended the cause."""
        return self._resume(tx, process_id, STUCK, UNDOING)

    def advance(self, work: Work) -> None:
        """Take one step for an event of this service's processes; a late or repeated event does nothing."""
        row = work.view().rows(ROWS).get(work.request["process_id"])
        if row["turn"] != work.request["turn"] or row["state"] not in (RUNNING, UNDOING):
            work.transact(lambda tx: None)
            return
        step = self._kinds[row["kind"]].steps[row["step"]]
        do = step.do if row["state"] == RUNNING else step.undo
        try:
            effect = do(work, row["facts"]) if do is not None else _nothing
            if effect is None and row["state"] == UNDOING:
                effect = _nothing
            work.transact(lambda tx: self._taken(tx, row, step, effect))
        except Fault as fault:
            if fault.transient:
                raise
            failure = {"step": step.name, "code": fault.code, **fault.message.to_wire()}
            work.transact(lambda tx: self._refused(tx, row, step, failure))

    def _taken(self, tx: Transaction, seen: Facts, step: Step, effect: Effect | None) -> None:
        row = self._same(tx, seen)
        if row is None:
            return
        if effect is None:
            self._pause(tx, row)
            return
        row["facts"] = {**row["facts"], **(effect(tx) or {})}
        row["history"] = [*row["history"], {"step": step.name, "way": row["state"], "at": tx.now}]
        self._on(tx, row)

    def _refused(self, tx: Transaction, seen: Facts, step: Step, failure: Facts) -> None:
        row = self._same(tx, seen)
        if row is None:
            return
        row["history"] = [*row["history"], {"step": step.name, "way": "refused", "at": tx.now}]
        if row["state"] == UNDOING:
            row |= {"state": STUCK, "stuck_on": failure}
            tx.rows(ROWS).save(row)
            return
        row |= {"state": UNDOING, "failure": failure}
        self._on(tx, row)

    def _pause(self, tx: Transaction, row: Facts) -> None:
        if not row.get("woken"):
            tx.rows(ROWS).save(row | {"state": WAITING})
            return
        row |= {"woken": False, "turn": row["turn"] + 1}
        tx.rows(ROWS).save(row)
        self._send(tx, row)

    def _on(self, tx: Transaction, row: Facts) -> None:
        steps = self._kinds[row["kind"]].steps
        forward = row["state"] == RUNNING
        row["step"] += 1 if forward else -1
        if forward and row["step"] == len(steps):
            row["state"] = DONE
        elif row["step"] < 0:
            row |= {"state": UNDONE, "step": 0}
        row |= {"turn": row["turn"] + 1, "woken": False}
        tx.rows(ROWS).save(row)
        if row["state"] in (RUNNING, UNDOING):
            self._send(tx, row)

    def _resume(self, tx: Transaction, process_id: str, before: str, after: str) -> bool:
        row = tx.rows(ROWS).get(process_id)
        if row["state"] != before:
            return False
        row |= {"state": after, "turn": row["turn"] + 1}
        tx.rows(ROWS).save(row)
        self._send(tx, row)
        return True

    def _send(self, tx: Transaction, row: Facts) -> None:
        tx.emit(self._event, {"process_id": row["_id"], "turn": row["turn"]}, subject=row["_id"])

    @staticmethod
    def _same(tx: Transaction, seen: Facts) -> Facts | None:
        row = tx.rows(ROWS).get(seen["_id"])
        return row if (row["turn"], row["state"]) == (seen["turn"], seen["state"]) else None


def _nothing(tx: Transaction) -> None:
    return None


__all__: Sequence[str] = ("Effect", "Facts", "Process", "ProcessRunning", "Processes", "Step", "process_advanced")
