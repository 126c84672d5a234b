"""Faults of broker and store that stay up: alarms, cut and slow lines, refused writes, conflicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.faults.breaking import lasting
from tests.faults.store_line import CONFLICT, READ_ONLY
from tests.faults.trial import Fault, Strike

_LASTS = 8.0


def restart_broker(strike: Strike) -> None:
    """The broker is stopped in order and started again."""
    strike.reach("admitting", 8)
    strike.city.restart_broker(in_order=True)
    strike.recover()


def disk_alarm(strike: Strike) -> None:
    """The broker's disk alarm blocks whoever publishes, for a while."""
    _alarm(strike, ("set_disk_free_limit", "100000GB"), ("set_disk_free_limit", "1MB"))


def memory_alarm(strike: Strike) -> None:
    """The broker's memory alarm blocks whoever publishes, for a while."""
    _alarm(strike, ("set_vm_memory_high_watermark", "0.00001"), ("set_vm_memory_high_watermark", "0.6"))


def _alarm(strike: Strike, raise_it: tuple[str, ...], clear_it: tuple[str, ...]) -> None:
    strike.reach("admitting", 8)
    try:
        strike.city.node.control(*raise_it)
        lasting(_LASTS)
    finally:
        strike.city.node.control(*clear_it)
    strike.recover()


def cut_broker_line(strike: Strike) -> None:
    """Every connection to the broker breaks, again and again."""
    for commands in range(4, 40, 6):
        strike.reach("admitting", commands)
        assert strike.city.broker_line.cut() > 0
    strike.recover()


def slow_broker_line(strike: Strike) -> None:
    """Every piece on the way to and from the broker is held back for a tenth of a second."""
    with _while_admitting(strike, strike.city.broker_line.mend):
        strike.city.broker_line.delay = 0.1
    strike.recover()


def cut_store_line(strike: Strike) -> None:
    """The store cannot be reached for a while, and every connection to it breaks."""
    strike.reach("admitting", 8)
    strike.city.store_line.close()
    try:
        lasting(_LASTS)
    finally:
        strike.city.store_line.open()
    strike.recover()


def slow_store(strike: Strike) -> None:
    """Every piece on the way to and from the store is held back."""
    with _while_admitting(strike, strike.city.store_line.mend):
        strike.city.store_line.delay = 0.03
    strike.recover()


def refused_writes(strike: Strike) -> None:
    """The store answers every write as a member does that is no primary any more."""
    _answered(strike, READ_ONLY, 1.0)


def write_conflicts(strike: Strike) -> None:
    """The store answers a third of all writes with a conflict."""
    _answered(strike, CONFLICT, 0.33)


def _answered(strike: Strike, refusal: dict[str, object], share: float) -> None:
    strike.reach("admitting", 8)
    before = strike.city.store_line.refused
    strike.city.store_line.answer_writes(refusal, share)
    try:
        lasting(_LASTS)
    finally:
        strike.city.store_line.mend()
    assert strike.city.store_line.refused > before
    strike.recover()


@contextmanager
def _while_admitting(strike: Strike, mend: Callable[[], None]) -> Iterator[None]:
    strike.reach("admitting", 4)
    try:
        yield
        strike.load.reach("admitting", 40)
    finally:
        mend()


BROKER: tuple[Fault, ...] = (restart_broker, disk_alarm, memory_alarm, cut_broker_line, slow_broker_line)
STORE: tuple[Fault, ...] = (cut_store_line, slow_store, refused_writes, write_conflicts)
