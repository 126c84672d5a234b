"""The search scheduler: annealing chains on all cores that hand each other their best, deterministic for a budget."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

import numpy as np

from services.scheduling.timetable.checker import Score, check
from services.scheduling.timetable.instance import Instance, Lecture, Timetable
from services.scheduling.timetable.kernel import State, anneal, state_of
from services.scheduling.timetable.start import feasible_start
from services.scheduling.timetable.tables import Ints, Tables, tables_of

CHUNK = 500_000
"""Proposals between two looks at the clock and the stop flag: 30 to 60 ms."""


class NoFeasibleStart(Exception):
    """No timetable keeps the hard rules, or none was found in time."""


@dataclass(frozen=True)
class Settings:
    """How to cool. A round is (share of the budget, first temperature, last one); later rounds reheat the best."""

    rounds: tuple[tuple[float, float, float], ...] = ((0.7, 8.0, 0.1), (0.15, 1.5, 0.1), (0.15, 1.5, 0.1))
    room_share: int = 40
    keep_share: int = 0
    chain_share: int = 64


@dataclass(frozen=True)
class Budget:
    """When to end: after ``proposals`` of each chain (repeatable), or after ``seconds`` (not repeatable)."""

    seconds: float | None = None
    proposals: int | None = None

    def __post_init__(self) -> None:
        if (self.seconds is None) == (self.proposals is None):
            raise ValueError("a budget is either seconds or proposals")


@dataclass(frozen=True)
class Found:
    """The best timetable, checked independently, and what it took."""

    timetable: Timetable
    score: Score
    proposals: int
    seconds: float
    first_feasible: float
    seed: int


@dataclass
class _Chain:
    tables: Tables
    state: State
    cost: int
    best: int
    best_period: Ints
    best_room: Ints
    seed: np.ndarray
    proposals: int = 0

    def run(self, hot: float, cold: float, proposals: int, settings: Settings) -> None:
        self.cost, self.best = anneal(
            self.tables, self.state, self.best_period, self.best_room, self.cost, self.best, hot, cold, proposals,
            self.seed, settings.room_share, settings.keep_share, settings.chain_share,
        )  # fmt: skip
        self.proposals += proposals


def search(
    instance: Instance,
    budget: Budget,
    *,
    seed: int = 1,
    chains: int = 2,
    settings: Settings | None = None,
    stop: Event | None = None,
    progress: Callable[[float, int], None] | None = None,
) -> Found:
    """Return the best timetable found. ``progress(seconds, best)`` is called from worker threads at every new best.

    Raises ``NoFeasibleStart``.
    """
    chosen, halt = settings or Settings(), stop or Event()
    began = time.monotonic()
    tables = tables_of(instance)
    start = feasible_start(instance, tables, seed)
    if start is None:
        raise NoFeasibleStart(instance.name)
    first_feasible = time.monotonic() - began
    cost = check(instance, _timetable(tables, *start)).cost
    running = [_chain(instance, tables, start, cost, seed * 1_000_003 + number) for number in range(chains)]
    best = [cost]

    def work(chain: _Chain, share_before: float, share: float, hot: float, cold: float) -> None:
        done, first = 0.0, chain.proposals
        while done < 1.0 and not halt.is_set() and chain.best > 0:
            here = hot * (cold / hot) ** done
            chain.run(here, here, CHUNK, chosen)
            if budget.proposals is not None:
                done = (chain.proposals - first) / (budget.proposals * share)
            else:
                assert budget.seconds is not None
                done = ((time.monotonic() - began) / budget.seconds - share_before) / share
            if chain.best < best[0]:
                best[0] = chain.best
                if progress is not None:
                    progress(time.monotonic() - began, chain.best)

    with ThreadPoolExecutor(chains) as pool:
        before = 0.0
        for share, hot, cold in chosen.rounds:
            list(pool.map(lambda chain, b=before, s=share, h=hot, c=cold: work(chain, b, s, h, c), running))
            before += share
            _share_best(instance, tables, running)
    leader = min(running, key=lambda chain: chain.best)
    timetable = _timetable(tables, leader.best_period, leader.best_room)
    return Found(
        timetable,
        check(instance, timetable),
        sum(chain.proposals for chain in running),
        time.monotonic() - began,
        first_feasible,
        seed,
    )


def _chain(instance: Instance, tables: Tables, start: tuple[Ints, Ints], cost: int, seed: int) -> _Chain:
    period, room = start
    state = state_of(tables, period, room, instance.days, len(instance.rooms))
    word = np.array([(seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D) % (1 << 64) or 1], np.uint64)
    return _Chain(tables, state, cost, cost, period.copy(), room.copy(), word)


def _share_best(instance: Instance, tables: Tables, chains: list[_Chain]) -> None:
    """Every chain goes on from the best of all."""
    leader = min(chains, key=lambda chain: chain.best)
    period, room, best = leader.best_period.copy(), leader.best_room.copy(), leader.best
    for chain in chains:
        chain.state = state_of(tables, period, room, instance.days, len(instance.rooms))
        chain.cost = chain.best = best
        chain.best_period, chain.best_room = period.copy(), room.copy()


def _timetable(tables: Tables, period: Ints, room: Ints) -> Timetable:
    return tuple(
        Lecture(int(course), int(at_room), int(at_period))
        for course, at_room, at_period in zip(tables.course_of, room, period, strict=True)
    )
