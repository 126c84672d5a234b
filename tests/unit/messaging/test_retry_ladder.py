"""Which failures are tried again, and when."""

from __future__ import annotations

import pytest
from marshmallow import ValidationError

from shared.errors import Conflict, Forbidden, Invalid, Malformed, NotFound, Unavailable
from shared.messaging.retry import RetryLadder, Verdict, attempt_of, classify

LADDER = RetryLadder()


class AutoReconnect(Exception):
    """A store's connection error, known by its name only."""


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (Invalid("x", "x"), Verdict.PERMANENT),
        (Malformed("x", "x"), Verdict.PERMANENT),
        (Forbidden("x", "x"), Verdict.PERMANENT),
        (ValidationError("x"), Verdict.PERMANENT),
        (Unavailable("x", "x"), Verdict.TRANSIENT),
        (ConnectionResetError(), Verdict.TRANSIENT),
        (TimeoutError(), Verdict.TRANSIENT),
        (AutoReconnect(), Verdict.TRANSIENT),
        (NotFound("x", "x"), Verdict.UNKNOWN),
        (Conflict("x", "x"), Verdict.UNKNOWN),
        (KeyError("x"), Verdict.UNKNOWN),
    ],
)
def test_failures_are_told_apart(error: Exception, verdict: Verdict) -> None:
    assert classify(error) is verdict


def test_an_unknown_failure_climbs_five_rungs_and_is_given_up() -> None:
    delays = [LADDER.next_delay(attempt, Verdict.UNKNOWN) for attempt in range(1, 7)]
    assert delays == [5, 30, 120, 600, 3600, None]


def test_a_transient_failure_stays_a_day_on_the_last_rung() -> None:
    assert LADDER.next_delay(5 + 24, Verdict.TRANSIENT) == 3600
    assert LADDER.next_delay(5 + 25, Verdict.TRANSIENT) is None


def test_a_permanent_failure_is_given_up_at_once() -> None:
    assert LADDER.next_delay(1, Verdict.PERMANENT) is None


@pytest.mark.parametrize(("header", "attempt"), [(None, 1), (1, 1), ("3", 3), ("many", 1), (-2, 1)], ids=str)
def test_the_attempt_is_read_from_our_own_header_whatever_stands_there(header: object, attempt: int) -> None:
    assert attempt_of({} if header is None else {"diaoxun-attempt": header}) == attempt
