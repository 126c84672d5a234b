"""Money is counted in fen; nothing is ever measured."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.domain.money import fen_of, share, shown, yuan
from services.enrollment.domain.money_words import capitals
from services.enrollment.domain.wording import Refusal


@pytest.mark.parametrize(
    ("amount", "fen"), [(550, 55_000), ("18425.00", 1_842_500), (Decimal("0.01"), 1), ("-3.5", -350), ("1e2", 10_000)]
)
def test_yuan_become_fen_exactly(amount: object, fen: int) -> None:
    assert fen_of(amount) == fen


@pytest.mark.parametrize("amount", [0.1, 550.0, "0.001", "x", "", None, True, Decimal("NaN"), "Infinity", "1e30"])
def test_what_is_no_exact_amount_is_refused(amount: object) -> None:
    with pytest.raises(Refusal) as refusal:
        fen_of(amount)
    assert refusal.value.code == "amount"


@given(st.integers(-(10**12), 10**12))
def test_fen_and_yuan_say_the_same(fen: int) -> None:
    assert fen_of(yuan(fen)) == fen
    assert fen_of(shown(fen).replace(",", "")) == fen


@given(st.integers(0, 10**10), st.integers(0, 100))
def test_a_share_and_its_rest_differ_from_the_whole_by_half_a_fen_at_most(fen: int, percent: int) -> None:
    assert abs(share(fen, percent) * 100 - fen * percent) <= 50
    assert share(-fen, percent) == -share(fen, percent)


def test_half_a_fen_is_rounded_up() -> None:
    assert (share(1, 50), share(1, 49), share(3, 50)) == (1, 0, 2)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (1_842_500, "壹万捌仟肆佰贰拾伍元整"),
        (0, "零元整"),
        (5, "伍分"),
        (70, "柒角整"),
        (1_005, "壹拾元零伍分"),
        (10_010_03, "壹万零壹拾元零叁分"),
        (100_000_00, "壹拾万元整"),
        (100_001_00, "壹拾万零壹元整"),
        (20_030_400_50, "贰仟零叁万零肆佰元伍角整"),
        (1_0000_0001_00, "壹亿零壹元整"),
        (1_2000_0000_00, "壹亿贰仟万元整"),
    ],
)
def test_receipts_write_amounts_in_capitals(fen: int, words: str) -> None:
    assert capitals(fen) == words
