"""Fee assessing: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import TypedDict

from gateway.client.enrollment.types.fee_orders import FeeOrderSummary


class FeeOrderList(TypedDict):
    """The orders a command left behind; ``changed`` of them are different now."""

    items: list[FeeOrderSummary]
    changed: int


class GivenLegalBasis(TypedDict):
    """What allows charging a trainee personally: the document, and where in it."""

    document: str
    article: str
