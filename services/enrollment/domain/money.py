"""Money in whole fen: amounts are counted, never measured, so no float ever holds one."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from services.enrollment.domain.wording import Refusal

MOST_FEN = 10**13


def fen_of(amount: Any) -> int:
    """Return an amount in yuan (a whole number, a ``Decimal`` or its text) as fen. Raises ``Refusal``.

    A float is refused however round it looks: what it holds is not what was written.
    """
    if isinstance(amount, bool) or not isinstance(amount, (int, str, Decimal)):
        raise _refused(amount)
    try:
        exact = Decimal(amount)
        fen = exact.scaleb(2)
        whole = fen == fen.to_integral_value()
    except InvalidOperation:
        raise _refused(amount) from None
    if not whole or abs(fen) > MOST_FEN:
        raise _refused(amount)
    return int(fen)


def yuan(fen: int) -> Decimal:
    """Return fen as yuan with two decimals."""
    return Decimal(fen).scaleb(-2)


def shown(fen: int) -> str:
    """Return fen as people write yuan: ``18,425.00``."""
    return f"{yuan(fen):,.2f}"


def share(fen: int, percent: int) -> int:
    """Return that many percent of an amount, half a fen rounded up; a negative amount is rounded as its opposite."""
    whole, rest = divmod(abs(fen) * percent, 100)
    rounded = whole + (2 * rest >= 100)
    return rounded if fen >= 0 else -rounded


def _refused(amount: Any) -> Refusal:
    given = str(amount)[:40]
    return Refusal(
        "amount",
        f"金额“{given}”无效：应为不超过两位小数的元，如 18425.00",
        f"amount {given!r} does not hold: give yuan with at most two decimals, such as 18425.00",
    )
