"""Fee parts: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from gateway.client.enrollment.types.parts import Text


class Cited(TypedDict):
    """Where a figure comes from; ``basis`` ``unverified`` has to be shown beside it."""

    document: str
    source: str
    basis: Literal["source", "design", "unverified"]


class FeeFinding(TypedDict):
    """What a standard says about real costs."""

    code: str
    ruling: Literal["pass", "warn", "refuse"]
    reason: Text
    citation: Cited
