"""Waiting until all is quiet."""

from __future__ import annotations

from pymongo.errors import PyMongoError

from services.notification.contract import LETTERS_SUMMARY
from shared.messaging import dlq
from tests.faults.books import Books, books
from tests.faults.caller import Caller
from tests.faults.plan import Wave
from tests.faults.target import CONSUMERS, Target
from tests.fixtures.broker import wait_until

QUIET_SECONDS = 180.0


def settle(city: Target, caller: Caller, wave: Wave, seconds: float = QUIET_SECONDS) -> None:
    """Wait until nothing is on its way: every event published, taken in by all, and every letter delivered."""
    seen: list[Books] = []

    def quiet() -> bool:
        try:
            now = books(city)
        except PyMongoError:  # the store itself is away
            return False
        seen.append(now)
        return now.closed and seen[-2:-1] == [now] and not _under_way(caller, wave)

    try:
        wait_until(quiet, seconds, "all is quiet")
    except AssertionError:
        last = seen[-1]
        aside = {name: depth for name in CONSUMERS if (depth := dlq.depth(city.broker_uri, name))}
        said = (
            f"{last.waiting} wait, not taken in: {sorted(last.missing)[:10]}, not logged: {len(last.unlogged)},"
            f" in quarantines: {aside}"
        )
        raise AssertionError(f"not quiet after {seconds:.0f} s: {said}") from None


def _under_way(caller: Caller, wave: Wave) -> int:
    terms = {term["term_id"] for term in wave.terms}
    rows = caller.query(LETTERS_SUMMARY, {})["items"]
    return sum(row["deliveries"]["queued"] + row["deliveries"]["sending"] for row in rows if row["term_id"] in terms)
