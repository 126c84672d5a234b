"""The policy table the service runs with: the rows of ``policies.json``."""

from __future__ import annotations

from functools import cache

from shared.policies import PolicyTable


@cache
def policy_table() -> PolicyTable:
    """Return every limit with its dates and source."""
    return PolicyTable.of("services.compliance")
