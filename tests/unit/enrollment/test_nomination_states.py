"""Which step may follow which."""

from __future__ import annotations

import pytest

from services.enrollment.domain.nomination import (
    LIVE,
    RETURN_REASONS,
    State,
    Step,
    missing_criteria,
    reason_words,
    state_after,
)
from services.enrollment.domain.wording import Refusal


def test_the_way_of_a_nomination_that_comes_back_once() -> None:
    state = State.FILED
    for step, expected in (
        (Step.ATTEST, State.ATTESTED),
        (Step.RETURN, State.RETURNED),
        (Step.CORRECT, State.FILED),
        (Step.ATTEST, State.ATTESTED),
        (Step.ACCEPT, State.ACCEPTED),
        (Step.ADMIT, State.ADMITTED),
        (Step.WITHDRAW, State.WITHDRAWN),
    ):
        state = state_after(state, step)
        assert state is expected


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (State.FILED, Step.ACCEPT),
        (State.FILED, Step.ADMIT),
        (State.ATTESTED, Step.ADMIT),
        (State.ADMITTED, Step.CORRECT),
        (State.ADMITTED, Step.RETURN),
        (State.ADMITTED, Step.REFUSE),
    ],
)
def test_no_step_is_skipped(state: State, step: Step) -> None:
    with pytest.raises(Refusal) as refusal:
        state_after(state, step)
    assert refusal.value.code == "wrong-state"


@pytest.mark.parametrize("step", list(Step))
def test_nothing_follows_refusal_and_withdrawal(step: Step) -> None:
    for end in (State.REFUSED, State.WITHDRAWN):
        assert end not in LIVE
        with pytest.raises(Refusal):
            state_after(end, step)


def test_missing_criteria_are_those_nobody_signed() -> None:
    required = frozenset({"job_tied_to_theme", "has_potential", "in_good_health"})
    assert [item.value for item in missing_criteria(frozenset({"has_potential"}), required)] == [
        "job_tied_to_theme",
        "in_good_health",
    ]
    assert missing_criteria(required, required) == ()


def test_an_unknown_reason_names_those_there_are() -> None:
    assert reason_words(RETURN_REASONS, "other").en
    with pytest.raises(Refusal, match="post-unclear"):
        reason_words(RETURN_REASONS, "whim")
