"""Proofs of deletion: what they bind, and what changing anything does to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.compliance.domain.health import Proof, delete_by, digest_of, is_due


def proof(*removed: str, number: int = 1, previous: str = "") -> Proof:
    return Proof(number, "term_1", "expired", "2020-06-05T16:00:00.000Z", removed, digest_of(removed), previous)


def test_a_declaration_is_due_on_its_day_and_not_before() -> None:
    day = delete_by(date(2020, 5, 22), 14)
    assert day == date(2020, 6, 5)
    assert not is_due(day, date(2020, 6, 4))
    assert is_due(day, day)


@given(some.lists(some.text(min_size=1), unique=True), some.randoms())
def test_the_digest_does_not_depend_on_the_order(ids: list[str], chance: object) -> None:
    shuffled = list(ids)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert digest_of(ids) == digest_of(shuffled)


def test_a_proof_holds_for_what_it_names_only() -> None:
    assert proof("h1", "h2").holds
    assert not replace(proof("h1", "h2"), removed=("h1",)).holds


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 2},
        {"term_id": "term_2"},
        {"cause": "consent_withdrawn"},
        {"purged_at": "2020-06-06T16:00:00.000Z"},
        {"removed": ("h1",)},
        {"digest": "0"},
        {"previous": "x"},
    ],
)
def test_the_seal_binds_everything(changed: dict[str, object]) -> None:
    first = proof("h1", "h2")
    assert replace(first, **changed).seal != first.seal  # type: ignore[arg-type]
