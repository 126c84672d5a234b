"""发文字号."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notification.domain.numbering import BadSeries, LetterNumber, Register


def test_a_number_has_six_cornered_brackets_and_no_leading_zeros() -> None:
    assert str(LetterNumber("江组函", 2020, 12)) == "江组函〔2020〕12号"


@given(st.lists(st.integers(0, 20), max_size=10))
def test_blocks_follow_each_other_without_gap_or_double(blocks: list[int]) -> None:
    register, taken = Register("江组函", 2020), []
    for count in blocks:
        register, numbers = register.take(count)
        taken += [number.sequence for number in numbers]
    assert taken == list(range(1, sum(blocks) + 1))
    assert register.last == sum(blocks)


@pytest.mark.parametrize("series", ["", "江", "JZH", "江组函〔", "江组函12", "江组函江组函江组函"])
def test_what_is_no_series_is_refused(series: str) -> None:
    with pytest.raises(BadSeries):
        Register(series, 2020)
