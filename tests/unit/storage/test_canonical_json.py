"""Equal values give equal bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.security.caller import Role
from shared.storage.canonical import canonical, digest

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=5), _values, max_size=5))
def test_the_order_of_keys_does_not_count(value: dict[str, Any]) -> None:
    assert digest(value) == digest(dict(reversed(value.items())))


def test_dates_instants_decimals_and_roles_have_one_form() -> None:
    beijing = timezone(timedelta(hours=8))
    value = {
        "b": datetime(2020, 5, 11, 8, 0, 0, 5999, tzinfo=beijing),
        "a": [date(2020, 5, 11), Decimal("1.50"), Role.UNIT, "调训"],
    }
    assert canonical(value) == '{"a":["2020-05-11","1.50","unit","调训"],"b":"2020-05-11T00:00:00.005Z"}'.encode()
    assert canonical(datetime(2020, 5, 11, tzinfo=UTC)) == b'"2020-05-11T00:00:00.000Z"'


@pytest.mark.parametrize("value", [{1, 2}, {1: 2}, object(), b"x"])
def test_what_is_not_plain_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        canonical(datetime(2020, 5, 11))


def test_nan_is_refused() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        canonical({"x": float("nan")})
