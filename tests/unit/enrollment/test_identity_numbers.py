"""Citizen identity numbers and unified social credit codes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.domain import citizen_id, credit_code
from services.enrollment.domain.citizen_id import read_citizen_id
from services.enrollment.domain.credit_code import read_credit_code
from services.enrollment.domain.wording import Refusal

TODAY = date(2020, 5, 11)
REAL = "11010519491231002X"


def test_a_lower_case_x_is_taken_and_stored_as_a_capital() -> None:
    read = read_citizen_id(REAL.lower(), TODAY)
    assert (read.number, read.born_on, read.sex, read.warnings) == (REAL, date(1949, 12, 31), "female", ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("110105491231002", "id-15-digits"),
        ("1101051949123100", "id-length"),
        (REAL + "1", "id-length"),
        ("", "id-length"),
        ("1101051949123100X2", "id-characters"),
        ("11010519491231OO2X", "id-characters"),
        ("１１０１０５１９４９１２３１００２Ｘ", "id-characters"),
        ("110105194902290021", "id-birth-date"),
        ("110105194913310021", "id-birth-date"),
        ("110105202005120021", "id-birth-date"),
        ("110105189912310021", "id-birth-date"),
        ("110105194912310021", "id-check"),
    ],
)
def test_what_is_wrong_with_a_number_is_said_without_repeating_it(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_citizen_id(text, TODAY)
    assert refusal.value.code == code
    assert not text or text not in str(refusal.value)


def test_somebody_may_be_born_on_the_29th_of_february_and_today() -> None:
    for born in ("20000229", "20200511"):
        first = f"110105{born}002"
        assert read_citizen_id(first + citizen_id.check_character(first), TODAY).born_on.strftime("%Y%m%d") == born


@pytest.mark.parametrize("region", ["330184", "810000", "830000", "460400", "222101", "110103", "320502"])
def test_a_region_missing_from_some_table_is_no_obstacle(region: str) -> None:
    first = f"{region}19800101001"
    assert read_citizen_id(first + citizen_id.check_character(first), TODAY).warnings == ()


def test_an_impossible_region_is_a_warning() -> None:
    first = "99010119800101001"
    assert "99" in read_citizen_id(first + citizen_id.check_character(first), TODAY).warnings[0].zh


@given(st.integers(0, 9), st.integers(0, 16))
def test_one_wrong_digit_is_always_noticed(digit: int, place: int) -> None:
    number = REAL[:place] + str(digit) + REAL[place + 1 :]
    if number != REAL:
        with pytest.raises(Refusal):
            read_citizen_id(number, TODAY)


def _sum(first: str) -> int:
    """The weighted sum of the standard, worked out here by itself: 3 to the power of the place, modulo 31."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    return sum(alphabet.index(character) * pow(3, place, 31) for place, character in enumerate(first))


def test_a_sum_divisible_by_31_has_the_check_0() -> None:
    edge = next(first for first in (f"11100000{number:09d}" for number in range(1000)) if _sum(first) % 31 == 0)
    assert read_credit_code(edge + "0") == edge + "0"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1110000000001313X", "credit-code-length"),
        ("11100000000013I3XA", "credit-code-characters"),
        ("11A00000000013133A", "credit-code-region"),
        ("911100007109250325", "credit-code-check"),
    ],
)
def test_what_is_wrong_with_a_credit_code_is_said(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_credit_code(text)
    assert refusal.value.code == code


@given(st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9))
def test_every_code_made_by_the_rule_is_read(organisation: str) -> None:
    first = f"11420100{organisation}"
    whole = first + credit_code.check_character(first)
    assert read_credit_code(whole) == whole
