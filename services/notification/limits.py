"""The policy table the service runs with: the rows of ``policies.json``."""

from __future__ import annotations

from datetime import date
from functools import cache

from shared.policies import Policies, PolicyTable


@cache
def policy_table() -> PolicyTable:
    """Return every limit with its dates and source."""
    return PolicyTable.of("services.notification")


def limits_on(day: date) -> Policies:
    """Return the limits in force on a day."""
    return policy_table().on(day)
