"""One transaction, tried again when it lost a race, within a bound."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from pymongo.client_session import ClientSession
from pymongo.errors import PyMongoError

from shared.errors import Unavailable
from shared.storage.connection import DURABLE, SNAPSHOT, Backing
from shared.storage.faults import TRANSIENT, UNKNOWN_COMMIT, AlreadyPresent, fault_of, unavailable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a transaction is tried again: seconds of machine time in all, and the longest single pause."""

    seconds: float = 8.0
    longest_pause: float = 0.25
    first_pause: float = 0.002

    def pause(self, attempt: int) -> float:
        """Return a random pause that grows with the attempts (full jitter), in seconds."""
        return random.uniform(0, min(self.longest_pause, self.first_pause * 2.0 ** min(attempt, 16)))  # noqa: S311


def run_transaction(
    backing: Backing,
    body: Callable[[ClientSession], T],
    patience: Patience,
    deadline: datetime | None = None,
) -> T:
    """Run ``body`` in a transaction and commit it; run it again after a conflict or a lost connection.

    Raises ``Unavailable`` when neither patience nor ``deadline`` (machine UTC) leaves time for another attempt.
    """
    give_up = time.monotonic() + _seconds(patience, deadline)
    attempt = 0
    while True:
        attempt += 1
        try:
            # Leaving the block aborts what was not committed, later where the store cannot be told now.
            with backing.leftovers.session() as session:
                session.start_transaction(read_concern=SNAPSHOT, write_concern=DURABLE)
                result = body(session)
                _commit(session, give_up)
                return result
        except PyMongoError as error:
            if not error.has_error_label(TRANSIENT):
                raise fault_of(error) from None
            pause = patience.pause(attempt)
            if time.monotonic() + pause >= give_up:
                raise _gave_up(error, attempt) from None
        time.sleep(pause)


def run_alone(write: Callable[[], None], patience: Patience) -> None:
    """Run a write without a transaction; run it again after a conflict, or while the store cannot be written to.

    The documents must have their identifiers: one that is there at a later attempt was written by an earlier one.
    Raises ``Unavailable`` when patience leaves no time for another attempt.
    """
    give_up = time.monotonic() + patience.seconds
    attempt = 0
    while True:
        attempt += 1
        try:
            write()
            return
        except AlreadyPresent:
            if attempt == 1:
                raise
            return
        except Unavailable as fault:
            pause = patience.pause(attempt)
            if time.monotonic() + pause >= give_up:
                fault.details["attempts"] = attempt
                raise
        time.sleep(pause)


def _commit(session: ClientSession, give_up: float) -> None:
    while True:
        try:
            session.commit_transaction()
            return
        except PyMongoError as error:
            # The commit may have happened: only the commit may be repeated, never the body.
            if not error.has_error_label(UNKNOWN_COMMIT):
                raise
            if time.monotonic() >= give_up:
                raise unavailable("commit-unknown") from None
        time.sleep(0.05)


def _gave_up(error: PyMongoError, attempts: int) -> Unavailable:
    fault = fault_of(error)
    if not isinstance(fault, Unavailable):
        fault = unavailable("conflict")
    fault.details["attempts"] = attempts
    return fault


def _seconds(patience: Patience, deadline: datetime | None) -> float:
    if deadline is None:
        return patience.seconds
    return min(patience.seconds, (deadline - datetime.now(UTC)).total_seconds())
