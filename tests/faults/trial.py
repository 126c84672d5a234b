"""A trial: one wave of load with something broken meanwhile, held against a quiet wave of the same seed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic

from typing_extensions import TypeVar

from services.compliance.contract import LIST_BRIEFINGS
from services.enrollment.contract import LIST_NOMINATIONS
from services.notification.contract import LIST_LETTERS
from services.outcomes.contract import LIST_QUESTION_SETS
from services.scheduling.contract import LIST_TERMS
from shared.messaging import dlq
from tests.faults.books import Books, books, chains, serials
from tests.faults.caller import Caller, Measured, Pace
from tests.faults.city import FaultCity, running_city
from tests.faults.gossip import gossip
from tests.faults.load import Load
from tests.faults.outcome import outcome
from tests.faults.people import script
from tests.faults.plan import Wave, prepare
from tests.faults.target import CONSUMERS, Target

SEED = 20200511
RATE = 12.0
C = TypeVar("C", bound=Target, default=FaultCity)


@dataclass
class Seen:
    """What was seen in one trial; ``recovery``: seconds from a kill, or the end of the cause, until all answer."""

    name: str
    seconds: float
    commands: int
    measured: Measured
    events: int
    redeliveries: int
    restarts: int
    recovery: float | None = None
    note: str = ""
    quarantined: dict[str, int] = field(default_factory=dict)

    def line(self) -> str:
        """One row of a table in Markdown."""
        recovery = "–" if self.recovery is None else f"{self.recovery:.1f}"
        lost = self.measured.broken_lines + sum(n for code, n in self.measured.answers.items() if code >= 500)
        name = f"{self.name} ({self.note})" if self.note else self.name
        return (
            f"| {name} | {self.measured.requests} | {lost} | {self.events} | {self.redeliveries} | "
            f"{self.restarts} | {recovery} | {self.measured.longest:.1f} | {self.seconds:.0f} |"
        )


HEADING = (
    "| fault | requests answered | attempts without an answer | events | redelivered | restarts "
    "| s to recover | longest wait, s | s in all |\n|---|---|---|---|---|---|---|---|---|"
)
Fault = Callable[["Strike[C]"], None]
SEEN: list[Seen] = []
_QUESTIONS = (LIST_TERMS, LIST_NOMINATIONS, LIST_BRIEFINGS, LIST_LETTERS, LIST_QUESTION_SETS)
"""One that each service answers."""
_QUIET: dict[int, dict[str, Any]] = {}
"""By seed: what the first quiet wave of this session came to. Another city, of more replicas, comes to the same."""


@dataclass
class Strike(Generic[C]):
    """What a fault has in hand: the city to break, and the load to strike at."""

    city: C
    load: Load
    recovery: float | None = None
    note: str = ""
    """What else was seen, for the table."""

    def reach(self, part: str, commands: int = 0) -> None:
        """Wait for a point of the load. Fails when the load was over before: then nothing was shown."""
        assert self.load.reach(part, commands), f"the load was over before {commands} commands of {part}"

    def recover(self) -> None:
        """Wait until every part is ready and each service answers again; keep how long the longest such wait was."""
        began = time.monotonic()
        self.city.wait_ready()
        for question in _QUESTIONS:
            self.load.caller.query(question, {"limit": 1})
        self.recovery = max(self.recovery or 0.0, time.monotonic() - began)


def nothing(strike: Strike[Any]) -> None:
    """Break nothing."""


class Trials(Generic[C]):
    """A city with a plan of so many waves, of which the first is carried through with nothing broken."""

    def __init__(self, city: C, waves: int, seed: int = SEED) -> None:
        self.city, self._seed = city, seed
        self._keys = city.keys()
        caller = self.caller(50.0)
        self._waves: Iterator[Wave] = iter(prepare(caller, waves))
        caller.close()
        quiet = self._carry(nothing, Seen("nothing", 0, 0, Measured(), 0, 0, 0))
        self._expected = _QUIET.setdefault(seed, quiet)
        _compare("nothing", quiet, self._expected)

    def hold(self, name: str, fault: Fault[C], quarantined: dict[str, int] | None = None, rate: float = RATE) -> Seen:
        """Carry a wave through while ``fault`` breaks things; fail unless it comes to what a quiet wave came to.

        ``quarantined``: by how many letters of each consumer quarantines have to grow; the fault may fill it.
        """
        seen = Seen(name, 0, 0, Measured(), 0, 0, 0, quarantined={} if quarantined is None else quarantined)
        before, lain = self._quarantined(), {letter.id for letter in self._letters()}
        found = self._carry(fault, seen, rate)
        _compare(name, found, self._expected)
        after = self._quarantined()
        grown = {name: after[name] - before[name] for name in CONSUMERS if after[name] != before[name]}
        if grown != seen.quarantined:
            fresh = [letter for letter in self._letters() if letter.id not in lain]
            came = sorted(f"{letter.queue}, {letter.reason}, {letter.id}, {letter.error}" for letter in fresh)
            raise AssertionError(f"{name}: quarantines grew by {grown}, not {seen.quarantined}:\n" + "\n".join(came))
        assert not seen.measured.surprises, seen.measured.surprises[:5]
        SEEN.append(seen)
        return seen

    def _carry(self, fault: Fault[C], seen: Seen, rate: float = RATE) -> dict[str, Any]:
        began, caller, wave = time.monotonic(), self.caller(rate), next(self._waves)
        story = script(self._seed, wave.number)
        strike = Strike(self.city, Load(self.city, caller, wave, story))
        counted, restarts = self.city.redelivered(), self.city.restarts()
        before = books(self.city)
        with _alongside(fault, strike):
            strike.load.run()
        self.city.wait_ready()
        found = outcome(caller, wave, story)
        after = books(self.city)
        _whole(self.city, caller, after)
        told = gossip(self.city, story)
        assert not told, told[:5]
        seen.seconds, seen.commands, seen.measured = time.monotonic() - began, len(caller.commands), caller.measured
        seen.events = after.published.total() - before.published.total()
        seen.redeliveries = _risen(counted, self.city.redelivered())
        seen.restarts = self.city.restarts() - restarts
        seen.recovery, seen.note = strike.recovery, strike.note
        caller.close()
        return found

    def caller(self, rate: float = RATE) -> Caller:
        return Caller(self.city.urls, self._keys, Pace(rate))

    def _letters(self) -> list[dlq.DeadLetter]:
        return [letter for name in CONSUMERS for letter in dlq.listed(self.city.broker_uri, name)]

    def _quarantined(self) -> dict[str, int]:
        return {name: dlq.depth(self.city.broker_uri, name) for name in CONSUMERS}


@contextmanager
def trials(waves: int, **city: Any) -> Iterator[Trials]:
    """Give a city with waves to break things in; the first is taken for what nothing broken comes to."""
    with running_city(**city) as running:
        yield Trials(running, waves + 1)


def _compare(name: str, found: dict[str, Any], expected: dict[str, Any]) -> None:
    for term, facts in expected.items():
        for what, wanted in facts.items():
            assert found[term][what] == wanted, f"{name}, {term}, {what}: {found[term][what]} is not {wanted}"


@contextmanager
def _alongside(fault: Fault[C], strike: Strike[C]) -> Iterator[None]:
    failed: list[BaseException] = []

    def work() -> None:
        try:
            fault(strike)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    except BaseException as error:
        failed.append(error)
    thread.join(240)
    if thread.is_alive():
        failed.append(AssertionError("the fault goes on after the load was over"))
    if failed:
        raise failed[0] if len(failed) == 1 else BaseExceptionGroup("the fault and the load", failed)


def _whole(city: Target, caller: Caller, now: Books) -> None:
    """Everything that holds for the whole city, whatever was broken."""
    assert not now.missing, sorted(now.missing)[:10]
    assert not now.waiting
    assert not now.unlogged, sorted(now.unlogged)[:10]
    broken = {name: what for name, what in chains(city).items() if what}
    assert not broken, broken
    for kind, numbers in serials(caller).items():
        assert numbers == list(range(1, len(numbers) + 1)), kind


def _risen(before: dict[int, float], after: dict[int, float]) -> int:
    return round(sum(count - before.get(pid, 0.0) for pid, count in after.items()))
