"""The policy table the service runs with: the rows of ``policies.json``."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from services.enrollment.domain.policies import Policies, PolicyTable
from services.enrollment.domain.sheet import ReadLimits


@cache
def policy_table() -> PolicyTable:
    """Return every limit with its dates and source."""
    return PolicyTable.from_plain(json.loads(files("services.enrollment").joinpath("policies.json").read_text("utf-8")))


def read_limits(policies: Policies) -> ReadLimits:
    """Return how much a roster reader may take."""
    return ReadLimits(
        unpacked_bytes=policies.number("roster.max_unpacked_bytes"),
        rows=policies.number("roster.max_rows"),
        columns=policies.number("roster.max_columns"),
        sheets=policies.number("roster.max_sheets"),
    )
