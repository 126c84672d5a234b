"""The policy table the service runs with: the rows of ``policies.json``."""

from __future__ import annotations

from functools import cache

from services.enrollment.domain.sheet import ReadLimits
from shared.policies import Policies, PolicyTable


@cache
def policy_table() -> PolicyTable:
    """Return every limit with its dates and source."""
    return PolicyTable.of("services.enrollment")


def read_limits(policies: Policies) -> ReadLimits:
    """Return how much a roster reader may take."""
    return ReadLimits(
        unpacked_bytes=policies.number("roster.max_unpacked_bytes"),
        rows=policies.number("roster.max_rows"),
        columns=policies.number("roster.max_columns"),
        sheets=policies.number("roster.max_sheets"),
    )
